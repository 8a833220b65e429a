"""The years of the project as a line: its beginning, today, its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.progress import ActionProgress
from portal.text.date_format import format_date


@dataclass(frozen=True, slots=True)
class ProjectMoment:
    """One point of the line, as the « timeline » component shows it."""

    day: str
    title: str
    word: str = ""
    state: str = ""


def project_moments(
    first_year: int | None, last_year: int | None, progress: ActionProgress
) -> list[ProjectMoment]:
    """Only what is known: none at all without a first year."""
    return list(_moments(first_year, last_year, progress)) if first_year else []


def _moments(
    first_year: int | None, last_year: int | None, progress: ActionProgress
) -> Iterator[ProjectMoment]:
    today = timezone.localdate()
    yield ProjectMoment(str(first_year), _("Le projet commence"), state="done")
    if last_year and last_year < today.year:
        yield ProjectMoment(str(last_year), _("Le projet s’est terminé"), state="done")
    yield _today(today, progress)
    if last_year and last_year >= today.year:
        yield ProjectMoment(_("Fin %(year)s") % {"year": last_year}, _("Le projet se termine"))
    elif not last_year:
        yield ProjectMoment(_("Plus tard"), _("La date de fin n’est pas encore publiée"))


def _today(today: date, progress: ActionProgress) -> ProjectMoment:
    return ProjectMoment(_("Aujourd’hui"), format_date(today), progress.details, "now")
