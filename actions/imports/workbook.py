"""Workbook of action sheets: one sheet of actions, one of instructions."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openpyxl import Workbook

from actions.imports.columns import COLUMNS
from actions.imports.lookups import ActionLookups
from actions.imports.reader import SHEET
from actions.models import ActionPage
from portal.exports.workbooks import AS_TEXT, append_row, create_text_sheet, workbook_response

_WIDTH = 24


def actions_workbook(actions: Iterator[ActionPage] | list[ActionPage]) -> HttpResponse:
    book = Workbook(write_only=True)
    lookups = ActionLookups()
    sheet = create_text_sheet(book, SHEET, len(COLUMNS), _WIDTH)
    append_row(sheet, [column.heading for column in COLUMNS], AS_TEXT)
    for action in actions:
        draft = action.get_latest_revision_as_object()
        data = draft.serializable_data()
        cells = [column.format(column.stored(data, lookups), lookups) for column in COLUMNS]
        append_row(sheet, cells, AS_TEXT)
    help_sheet = create_text_sheet(book, "aide", 3, _WIDTH)
    for row in help_rows():
        append_row(help_sheet, row, AS_TEXT)
    return workbook_response(book, "fiches-actions.xlsx")


def help_rows() -> Iterator[tuple[str, ...]]:
    yield _("colonne"), _("ce que c’est"), _("ce qu’on y écrit")
    lookups = ActionLookups()
    for column in COLUMNS:
        yield column.heading, column.label, column.help_text(lookups)
