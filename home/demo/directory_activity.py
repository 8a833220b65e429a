"""What makes the directory live, on examples: referents, a change that waits, readers’ words."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.demo.files import CONTENT, ContentEntry, read_yaml
from home.demo.seeder import (
    CORRECTIONS,
    NOTICES,
    PROPOSED,
    REFERENTS,
    SETTINGS,
    DemoSeeder,
    publish,
)
from portal.geo.models import Commune
from portal.reminders.requests import new_key
from resources.corrections.services import receive_proposal, receive_report
from resources.models import DirectorySettings, Notice, Referent, ResourcePage
from resources.moderation.services import propose_change
from resources.referents.services import ReferentChoices, accept_invitation, send_invitation

_CHANGES = ("phone", "hours_note")


def build_directory_activity(seeder: DemoSeeder) -> None:
    """Everything is about example entries: a real structure is made to say nothing."""
    content = read_yaml(CONTENT / "tending.yaml")
    content.expect(["referents", "notices", "proposed", "reports", "proposals"])
    seeder.once(SETTINGS, "settings:directory", _let_it_ask, content)
    for entry in content["referents"]:
        _build_referent(seeder, entry)
    for entry in content["notices"]:
        _build_notice(seeder, entry)
    for entry in content["proposed"]:
        _build_proposed(seeder, entry)
    for entry in content["reports"]:
        _build_report(seeder, entry)
    for entry in content["proposals"]:
        _build_proposal(seeder, entry)


def _let_it_ask() -> DirectorySettings:
    """Nothing leaves the demonstration: what is asked of structures is read there."""
    settings = DirectorySettings.load()
    settings.asks_structures = True
    settings.save()
    return settings


def _build_referent(seeder: DemoSeeder, entry: ContentEntry) -> None:
    entry.expect(["key", "name", "email", "role", "entries", "has_accepted"], ["shows_role"])

    def make() -> Referent:
        found = [seeder.needed(f"resource:{key}", entry) for key in entry["entries"]]
        referent = Referent(name=entry["name"], email=entry["email"], role=entry["role"])
        referent.full_clean()
        referent.save()
        referent.entries.set([page for page in found if page])
        if found[0] is not None:
            send_invitation(referent)
        if found[0] is not None and entry["has_accepted"]:
            accept_invitation(
                referent.key, ReferentChoices(entry["role"], entry.get("shows_role", False))
            )
            referent.refresh_from_db()
        return referent

    seeder.once(REFERENTS, f"referent:{entry['key']}", make, entry)


def _example(seeder: DemoSeeder, entry: ContentEntry) -> ResourcePage | None:
    """The example that a line is about; None when an editor deleted it."""
    page: ResourcePage | None = seeder.needed(f"resource:{entry['entry']}", entry)
    if page is not None and not page.is_example:
        raise entry.error(f"« {entry['entry']} » n’est pas une fiche d’exemple.")
    return page


def _build_notice(seeder: DemoSeeder, entry: ContentEntry) -> None:
    entry.expect(["key", "entry", "since_days", "until_days", "text"])
    page, today = _example(seeder, entry), timezone.localdate()
    if page is None:
        return

    def make() -> Notice:
        notice = Notice(
            since=today + timedelta(days=entry["since_days"]),
            until=today + timedelta(days=entry["until_days"]),
            text=entry["text"],
        )
        page.notices.add(notice)
        publish(page)
        return Notice.objects.get(resource=page, text=entry["text"])

    seeder.once(NOTICES, f"notice:{entry['key']}", make, entry)


def _build_proposed(seeder: DemoSeeder, entry: ContentEntry) -> None:
    entry.expect(["key", "entry", "by", *_CHANGES])
    page = _example(seeder, entry)
    if page is None:
        return

    def apply(draft: ResourcePage) -> None:
        for name in _CHANGES:
            setattr(draft, name, entry[name])

    def make() -> Any:
        referent = Referent.objects.of(page).first()
        return propose_change(page, apply, user=referent.user if referent else None, by=entry["by"])

    seeder.once(PROPOSED, f"proposed:{entry['key']}", make, entry)


def _build_report(seeder: DemoSeeder, entry: ContentEntry) -> None:
    entry.expect(["key", "entry", "about", "text"])
    page = _example(seeder, entry)
    if page is None:
        return

    def make() -> Any:
        return receive_report(
            page, about=entry["about"], text=entry["text"], email=None, key=new_key()
        )

    seeder.once(CORRECTIONS, f"report:{entry['key']}", make, entry)


def _build_proposal(seeder: DemoSeeder, entry: ContentEntry) -> None:
    entry.expect(["key", "name", "commune", "text"])

    def make() -> Any:
        commune = Commune.objects.filter(code=entry["commune"]).first()
        return receive_proposal(
            email=None, key=new_key(), name=entry["name"], commune=commune, text=entry["text"]
        )

    seeder.once(CORRECTIONS, f"proposal:{entry['key']}", make, entry)
