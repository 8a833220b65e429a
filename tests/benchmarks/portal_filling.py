"""What fills the portal that is measured: ``python -m tests.benchmarks.portal_filling grow 2000``.

The last line that it prints is JSON. Entries are the demonstration's model again and again, each in
a commune of its own, so that words, places and hours have as many answers as a large portal's.
"""

import json
import logging
import random
import sys
from typing import Any

import django

_AT_ONCE = 500
DAY = "Mo-Su,PH 00:00-24:00"
NIGHT = "Mo 03:00-03:30"


def grow(entries: int) -> dict[str, Any]:
    """Add entries until there are so many, then index them all."""
    from django.core.management import call_command

    from resources.listing.models import DirectoryPage
    from resources.models import ResourcePage
    from tests.benchmarks.exports import add_entries

    directory = DirectoryPage.objects.get(locale__language_code="fr")
    known = ResourcePage.objects.descendant_of(directory).count()
    chance = random.Random(6)  # noqa: S311
    made = known
    while made < entries:
        number = min(_AT_ONCE, entries - made)
        # Beyond the places of the pages that the demonstration has put there.
        add_entries(directory, made + 1000, number, chance)
        made += number
    if made > known:
        directory.refresh_from_db()
        directory.numchild = directory.get_children().count()
        directory.save(update_fields=["numchild"])
        call_command("rebuild_search", stdout=sys.stderr)
    return {"entries": made}


def hours(moment: str) -> dict[str, Any]:
    """Open half of the added entries now, or none of them, and write that ahead as the job does."""
    from django.db.models import F

    from resources.indexing.open_periods import write_missing_days
    from resources.models import OpenDay, OpenPeriod, ResourcePage

    added = ResourcePage.objects.filter(slug__startswith="lieu-")
    ids = added.annotate(odd=F("pk") % 2)
    half = list(ids.filter(odd=1).values_list("pk", flat=True)) if moment == "jour" else []
    ResourcePage.objects.filter(pk__in=added.values("pk")).update(opening_hours=NIGHT)
    for start in range(0, len(half), _AT_ONCE):
        some = half[start : start + _AT_ONCE]
        ResourcePage.objects.filter(pk__in=some).update(opening_hours=DAY)
    OpenPeriod.objects.all().delete()
    OpenDay.objects.all().delete()
    return {"days": write_missing_days()}


def entry() -> dict[str, Any]:
    """The address of an entry with hours, as readers have it."""
    from resources.models import ResourcePage

    found = ResourcePage.objects.open_to_all().filter(locale__language_code="fr")
    one = found.exclude(opening_hours="").order_by("pk").first()
    return {"address": one.get_url() if one else "/annuaire/"}


def publish() -> dict[str, Any]:
    """Publish an entry again, as an editor does."""
    from resources.models import ResourcePage

    known = ResourcePage.objects.live().exclude(slug__startswith="lieu-")
    one = known.filter(is_example=False).order_by("pk").specific().first()
    if one:
        one.save_revision().publish()
    return {"published": bool(one)}


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.ERROR)
    name, *rest = sys.argv[1:]
    work: Any = {"grow": grow, "hours": hours, "entry": entry, "publish": publish}[name]
    said = work(*(int(one) if one.isdigit() else one for one in rest))
    sys.stdout.write(f"\n{json.dumps(said)}\n")
