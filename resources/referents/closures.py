"""Dated closures and messages of an entry on the screen of its referent."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.text.date_format import format_date
from resources.models import ResourcePage

_LISTS = {"fermeture": "closures", "message": "notices"}


class DatedRow(NamedTuple):
    """One line: what it says, the key that removes it, whether readers see it already."""

    key: str
    days: str
    text: str
    waits: bool


def get_dated_rows(draft: ResourcePage, published: ResourcePage) -> list[DatedRow]:
    """What holds today or later, closures first; what waits for its approval is in it too."""
    today = timezone.localdate()
    public = {row_key(row) for name in _LISTS.values() for row in getattr(published, name).all()}
    return [
        DatedRow(row_key(row), _days(row), _text(row), row_key(row) not in public)
        for name in _LISTS.values()
        for row in getattr(draft, name).all()
        if row.until is None or row.until >= today
    ]


def row_key(row: Any) -> str:
    """What names a row in a draft too, where it has no number yet."""
    return str(row.translation_key)


def add_row(form: Any) -> Callable[[ResourcePage], None]:
    def add(page: ResourcePage) -> None:
        rows = getattr(page, _LISTS[form.kind])
        rows.add(form.row())

    return add


def remove_row(key: str) -> Callable[[ResourcePage], None]:
    def remove(page: ResourcePage) -> None:
        for name in _LISTS.values():
            rows = list(getattr(page, name).all())
            setattr(page, name, [row for row in rows if row_key(row) != key])

    return remove


def _days(row: Any) -> str:
    if row.until is None:
        return _("Depuis le %(since)s") % {"since": format_date(row.since)}
    if row.until == row.since:
        return _("Le %(since)s") % {"since": format_date(row.since)}
    return _("Du %(since)s au %(until)s") % {
        "since": format_date(row.since), "until": format_date(row.until)
    }  # fmt: skip


def _text(row: Any) -> str:
    if hasattr(row, "text"):
        return str(row.text)
    return _("Fermé. %(message)s") % {"message": row.message} if row.message else _("Fermé")
