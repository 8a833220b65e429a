"""Places that FINESS knew and no longer has: somebody checks them, none is closed by itself."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.imports.contract import RowReport, RowVerdict, SourceFile
from portal.text.date_format import format_date
from resources.choices import EntryStatus, ErrorSubject
from resources.models import ErrorReport, ResourcePage

#: An older file tells what FINESS was, not what has left it since.
STALE_AFTER = timedelta(days=90)
#: A file that lacks more than this part of what was imported is an extract.
_MOST_GONE = 1 / 3
_LEAST_KNOWN = 10
#: How such a report is known again: in French, whatever language its writer reads.
_BEGINS = "FINESS ne cite plus ce lieu"


def is_stale(day: date | None) -> bool:
    return day is not None and timezone.localdate() - day > STALE_AFTER


def gone_lines(file: SourceFile, known: Mapping[str, int]) -> Sequence[RowReport]:
    """A line for each known place that the file does not have; adds to ``file.notes``.

    ``known`` gives the page of each FINESS number that was imported. Nothing is told of what a
    person has closed, nor twice of what waits to be checked already.
    """
    present = {row.key for row in file.rows}
    missing = {pk: key for key, pk in known.items() if key not in present}
    if not missing or is_stale(file.day):
        return ()
    entries = ResourcePage.objects.filter(pk__in=missing).exclude(status=EntryStatus.CLOSED)
    found = list(entries.order_by("title").values_list("pk", "title"))
    if len(known) >= _LEAST_KNOWN and len(found) > len(known) * _MOST_GONE:
        words = _(
            "Ce fichier ne cite pas %(count)s des %(known)s lieux déjà importés : c’est sans doute "
            "un extrait. Aucun n’est marqué « à vérifier »."
        )
        file.notes.append(words % {"count": len(found), "known": len(known)})
        return ()
    noted = _already_noted(list(missing))
    return [
        RowReport(0, missing[pk], RowVerdict.KEPT, title, (_("Déjà à vérifier."),))
        if pk in noted
        else RowReport(0, missing[pk], RowVerdict.GONE, title, (_sentence(file.day),))
        for pk, title in found
    ]


def note_gone_places(numbers: Sequence[str], known: Mapping[str, int], day: date | None) -> None:
    """Write them among the reported errors, where the coordination answers them one by one."""
    pks = {known[number] for number in numbers if number in known}
    pks -= _already_noted(list(pks))
    ErrorReport.objects.bulk_create(
        ErrorReport(entry_id=pk, about=ErrorSubject.CLOSED, text=_sentence(day)) for pk in pks
    )


def stale_note(day: date | None) -> list[str]:
    """What to say of a file that is months old."""
    if day is None or not is_stale(day):
        return []
    words = _(
        "Ce fichier est ancien : il est du %(day)s. Des lieux ont pu ouvrir, déménager ou fermer "
        "depuis ; prenez le fichier FINESS+ du jour si vous le pouvez."
    )
    return [words % {"day": format_date(day)}]


def _already_noted(pks: list[int]) -> set[int]:
    reports = ErrorReport.objects.to_answer().filter(
        entry__in=pks, about=ErrorSubject.CLOSED, email="", text__startswith=_BEGINS
    )
    return set(reports.values_list("entry", flat=True))


def _sentence(day: date | None) -> str:
    words = _("%(begins)s : existe-t-il toujours ? Rien n’est fermé sans vous.")
    begins = _BEGINS
    if day is not None:
        begins = f"{_BEGINS} (fichier du {format_date(day)})"
    return words % {"begins": begins}
