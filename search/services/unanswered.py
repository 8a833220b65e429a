"""Counts of searches without result; no typed text is stored.

Words are written only once enough have been typed alike in a week; before, the database
holds a keyed hash that nobody can read back. Nothing tells who asked.
"""

import hashlib
import hmac
import re
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.api.throttling import consume
from portal.geo.names import plain
from search.contracts import QueryPartKind, UnderstoodQuery
from search.models import UnansweredSearch

ENOUGH = 5
LONGEST = 80
KEPT = timedelta(days=365)

_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|curl|wget|python|httpx", re.I)
_MAIL_OR_ADDRESS = re.compile(r"\S*@\S*|\bhttps?:\S*|\bwww\.\S*", re.I)
# What follows a street's kind is where somebody lives. Most kinds are ordinary words too, and
# need a number before them; and people sleep « à la rue ».
_STREET = re.compile(
    r"(?:\b(?:avenue|av|boulevard|bd|bld|allee)|(?<!a la )(?<!dans la )(?<!de la )\brue|"
    r"\b\d+ (?:bis |ter )?(?:rue|place|cours|route|passage|quai|square|chemin|montee|impasse|"
    r"residence|lotissement|traverse))\b \w+.*"
)
_CALLED = re.compile(r"\b(?:mr|monsieur|mme|madame|mlle|dr|docteur|m appelle)\b \w+")


def note_unanswered(request: HttpRequest, text: str, understood: UnderstoodQuery) -> None:
    """Count a reader's question that found nothing; a robot's is not counted.

    A database that cannot write at this moment loses the count: the reader comes first.
    """
    words = anonymous_words(text, understood)
    if not words or is_robot(request):
        return
    if consume("unanswered_searches", request):
        return
    try:
        with transaction.atomic():
            count_unanswered(words, monday())
    except DatabaseError:
        return


def is_robot(request: HttpRequest) -> bool:
    """Whether the sender says it is a program, or does not say what it is."""
    agent = request.headers.get("User-Agent", "")
    return request.method != "GET" or not agent or bool(_ROBOT.search(agent))


def anonymous_words(text: str, understood: UnderstoodQuery) -> str:
    """The words of a question, small letters only: no place, number, address, mail, title.

    Empty when nothing is left, and when it is too long to be what several people type.
    """
    for part in understood.parts:
        if part.kind is QueryPartKind.PLACE and not part.from_place_field:
            text = part.rest
    text = plain(_MAIL_OR_ADDRESS.sub(" ", text))
    text = _CALLED.sub(" ", _STREET.sub(" ", text))
    words = " ".join(word for word in text.split() if word.isalpha())
    return words if len(words) <= LONGEST else ""


def count_unanswered(words: str, week: date) -> None:
    """Count once more; the words are written at the fifth time."""
    row, is_new = UnansweredSearch.objects.get_or_create(
        week=week, digest=_digest(words, week), defaults={"count": 1}
    )
    if is_new:
        forget_old_unanswered(week)
        return
    same = UnansweredSearch.objects.filter(pk=row.pk)
    same.update(count=F("count") + 1)
    same.filter(count__gte=ENOUGH, words="").update(words=words)


def forget_old_unanswered(week: date) -> None:
    """Forget what too few asked in a week that is over, and all that is a year old."""
    UnansweredSearch.objects.filter(week__lt=week, count__lt=ENOUGH).delete()
    UnansweredSearch.objects.filter(week__lt=week - KEPT).delete()


def monday(day: date | None = None) -> date:
    """The first day of a week, of this one by default."""
    day = day or timezone.localdate()
    return day - timedelta(days=day.weekday())


def _digest(words: str, week: date) -> str:
    """Another one each week, so that rows cannot be compared with one another."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"unanswered:{week}:{words}".encode(), hashlib.sha256).hexdigest()[:32]
