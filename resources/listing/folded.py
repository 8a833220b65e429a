"""Entries that are no answer and are not lost: folded under the answers, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from portal.geo.service_area import has_commune
from resources.listing.cards import AsideLine
from resources.listing.results import SearchAnswers


@dataclass(frozen=True, slots=True)
class FoldedEntries:
    """A folded list: why, the first, how many more; ``is_open`` when nothing else answers."""

    id: str
    title: str
    lines: Sequence[AsideLine]
    rest: int = 0
    is_open: bool = False


def set_aside(answers: SearchAnswers, lines: Sequence[AsideLine]) -> FoldedEntries:
    """The places that serve others than the place: « 14 lieux reçoivent d’autres communes »."""
    count = answers.entries.aside
    has_place = has_commune(answers.understood.place)
    if has_place and not all(line.is_known for line in lines):
        words = ngettext(
            "%(count)s lieu d’ailleurs reçoit d’autres communes, ou n’a pas dit qui",
            "%(count)s lieux d’ailleurs reçoivent d’autres communes, ou n’ont pas dit qui",
            count,
        )
    elif has_place:
        words = ngettext(
            "%(count)s lieu reçoit d’autres communes",
            "%(count)s lieux reçoivent d’autres communes",
            count,
        )
    else:
        words = ngettext(
            "%(count)s lieu reçoit selon l’adresse",
            "%(count)s lieux reçoivent selon l’adresse",
            count,
        )
    return FoldedEntries("elsewhere", words % {"count": count}, lines, count - len(lines))


def hours_unknown(answers: SearchAnswers, lines: Sequence[AsideLine]) -> FoldedEntries:
    """The places that answer, of which nobody knows whether they are open then."""
    count = answers.hours_unknown.total
    words = ngettext(
        "%(count)s lieu aux horaires inconnus ou variables : à vérifier avant d’y aller",
        "%(count)s lieux aux horaires inconnus ou variables : à vérifier avant d’y aller",
        count,
    )
    is_open = not answers.entries.total
    return FoldedEntries(
        "hours-unknown", words % {"count": count}, lines, count - len(lines), is_open
    )
