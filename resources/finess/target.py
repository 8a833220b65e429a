"""Establishments of FINESS as entries: those that a person typed are recognised, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from portal.imports.contract import ImportRow, RowReport, SourceFile
from resources.finess.gone import gone_lines, note_gone_places
from resources.imports.columns import BY_NAME, kind_of_type
from resources.imports.target import EntryTarget


class FinessTarget(EntryTarget):
    """An official file never makes an entry of another sort, nor is it refused for one line."""

    finds_by = ("finess",)

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        super().prepare(file, known)
        file.rows = [self._possible(row) for row in file.rows]
        self.day = file.day

    def gone(self, file: SourceFile) -> Sequence[RowReport]:
        return gone_lines(file, {key: pk for key, pk in self.known.items() if pk in self.pks})

    def note_gone(self, keys: Sequence[str]) -> None:
        note_gone_places(keys, self.known, self.day)

    def _possible(self, row: ImportRow) -> ImportRow:
        """The row without what its entry cannot become, or what cannot be true of it."""
        values, remarks = dict(row.values), list(row.remarks)
        found = self.find(row)
        if found and kind_of_type(values.get("type", "")) is not found.kind:
            said = self.in_words("type", values.pop("type", ""))
            remarks.append(_("FINESS en fait un lieu du type « %(type)s »") % {"type": said})
        kind = found.kind if found else kind_of_type(values.get("type", ""))
        values = {name: value for name, value in values.items() if BY_NAME[name].is_of(kind)}
        if mistake := self.places.mistake(values):
            values.pop("lat")
            values.pop("lon")
            remarks.append(_("%(mistake)s Il est laissé vide.") % {"mistake": mistake})
        if values == row.values:
            return row
        return replace(row, values=values, remarks=tuple(remarks))
