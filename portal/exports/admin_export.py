"""Files for a French spreadsheet, in which what people typed runs nothing."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from portal.exports.formula_escape import escape_formula
from portal.text.control_characters import strip_control_characters

_AT_ONCE = 1000


class HarmlessExportMixin(SpreadsheetExportMixin):
    """Wagtail's export, for a list that may be long and that people have written.

    In CSV a cell that looks like a formula begins with « ' »; in XLSX cells are typed, and a
    text is never a formula. Excel in French opens the CSV at once: « ; » and a mark.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A file is written as it is read: the list that the screen shows is not made."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        ready = super().preprocess_field_value(field, value, export_format)
        if not isinstance(ready, str):
            return ready
        ready = strip_control_characters(ready)
        return escape_formula(ready) if export_format == "csv" else ready

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        names: list[str] = self.list_export
        writer: Any = csv.DictWriter(Echo(), fieldnames=names, delimiter=";")
        yield "\ufeff".encode()
        yield writer.writerow({name: self.get_heading(queryset, name) for name in names})
        for item in queryset.iterator(chunk_size=_AT_ONCE):
            yield self.write_csv_row(writer, self.to_row_dict(item))

    def write_xlsx(self, queryset: QuerySet, output: Any) -> None:
        super().write_xlsx(queryset.iterator(chunk_size=_AT_ONCE), output)
