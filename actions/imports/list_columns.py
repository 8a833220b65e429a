"""Columns whose cell lists rows of an action: « un | deux », and their facts after « ; »."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.choices import IndicatorDirection
from actions.models import ActionFunder, ActionPage, ActionStep, Indicator, IndicatorValue
from actions.number_format import plain_number
from portal.imports.columns import FieldData, LinesColumn, clean_lines
from portal.imports.files.csv_reader import BadValue, parse_day
from portal.imports.lookups import ImportLookups
from portal.imports.parsers import CellText, parse_text, split_items
from portal.text.normalize import plain

#: What separates the facts of one item.
FACTS = " ; "
_YEAR = re.compile(r"(?:19[89]|20\d|21[0-4])\d")


class RowsColumn(LinesColumn):
    """Rows of a child table. Their value is a list of texts: one a row, as the export writes it.

    ``_facts`` reads the parts of a cell into fields, ``_parts`` writes fields as parts.
    """

    is_related = True
    child: ClassVar[Any]
    _label: ClassVar[str] = "label"

    @property
    def label(self) -> str:
        name = str(self.child._meta.verbose_name_plural)
        return f"{name[:1].upper()}{name[1:]}"

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        return [self._text(self._read_one(item)) for item in split_items(cell)]

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        rows = sorted(data.get(self.name) or [], key=lambda row: row.get("sort_order") or 0)
        return [self._text(row) for row in rows]

    def put(self, instance: ActionPage, value: list[str], lookups: ImportLookups) -> None:
        kept = {str(row): row for row in getattr(instance, self.name).all()}
        rows = []
        for rank, text in enumerate(value or []):
            facts = self._read_one(text)
            row = kept.pop(facts[self._label], None) or self._new(instance)
            self._fill(row, facts)
            row.sort_order = rank
            rows.append(row)
        setattr(instance, self.name, rows)

    def _new(self, instance: ActionPage) -> Any:
        return self.child(locale=instance.locale)

    def _fill(self, row: Any, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            setattr(row, name, value)

    def _read_one(self, item: str) -> dict[str, Any]:
        label, *parts = (part.strip() for part in item.split(FACTS.strip()))
        facts = self._facts([part for part in parts if part])
        return {self._label: self._words(self.child, self._label, label), **facts}

    def _text(self, row: dict[str, Any]) -> str:
        return FACTS.join(filter(None, (_one_line(row[self._label]), *self._parts(row))))

    def _words(self, model: Any, name: str, text: str) -> str:
        words = parse_text(CellText(text), model._meta.get_field(name).max_length)
        if not words and name == self._label:
            raise BadValue(_("Chaque élément commence par son nom."))
        return words

    def _facts(self, parts: list[str]) -> dict[str, Any]:
        raise NotImplementedError

    def _parts(self, row: dict[str, Any]) -> Iterator[str]:
        raise NotImplementedError


class StepsColumn(RowsColumn):
    """« Réunir les équipes ; 2026-05-07 ; faite le 2026-05-10 | Ouvrir ; printemps 2027 »"""

    child = ActionStep

    def _facts(self, parts: list[str]) -> dict[str, Any]:
        facts: dict[str, Any] = {"due_on": None, "period": "", "done_on": None}
        for part in parts:
            done = re.fullmatch(r"(?:faite?|réalisée?)(?: le)?\s*:?\s*(.+)", part, re.IGNORECASE)
            if done:
                facts["done_on"] = parse_day(done[1])
                if facts["done_on"] > timezone.localdate():
                    raise BadValue(_("« %(text)s » : cette date est à venir.") % {"text": part})
            elif re.fullmatch(r"[\d/.-]+", part):
                facts["due_on"] = parse_day(part)
            else:
                facts["period"] = self._words(ActionStep, "period", part)
        return facts

    def _parts(self, row: dict[str, Any]) -> Iterator[str]:
        yield _day(row["due_on"])
        yield _one_line(row["period"])
        if row["done_on"]:
            yield _("faite le %(day)s") % {"day": _day(row["done_on"])}

    def help_text(self, lookups: ImportLookups) -> str:
        return _("« Réunir ; 2026-05-07 ; faite le 2026-05-10 | Ouvrir ; printemps 2027 »")


class FundersColumn(RowsColumn):
    """« ARS ; 120000 € ; 2026 | Département »"""

    child = ActionFunder
    _label = "name"

    def _new(self, instance: ActionPage) -> ActionFunder:
        return ActionFunder()

    def _facts(self, parts: list[str]) -> dict[str, Any]:
        facts: dict[str, Any] = {"amount": None, "year": None}
        for part in parts:
            if _YEAR.fullmatch(part):
                facts["year"] = int(part)
            else:
                facts["amount"] = _number(re.sub(r"\s*(?:€|euros?)$", "", part), most=9)
                if facts["amount"] < 0:
                    raise BadValue(_("Un montant ne peut pas être négatif."))
        return facts

    def _parts(self, row: dict[str, Any]) -> Iterator[str]:
        if row["amount"] is not None:
            yield f"{plain_number(row['amount'])} €"
        yield str(row["year"] or "")

    def help_text(self, lookups: ImportLookups) -> str:
        return _("« ARS ; 120000 € ; 2026 | Département »")


class IndicatorsColumn(RowsColumn):
    """« Délai ; unité : jours ; départ : 45 ; objectif : 15 ; sens : baisse ; 2026-05-07 : 40 »"""

    child = Indicator
    _texts: ClassVar = {"unite": "unit", "source": "source"}
    _numbers: ClassVar = {"depart": "baseline", "objectif": "target"}

    def _facts(self, parts: list[str]) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "unit": "", "baseline": None, "target": None, "target_on": None,
            "direction": IndicatorDirection.UP.value, "source": "", "values": [],
        }  # fmt: skip
        for part in parts:
            said, colon, text = (piece.strip() for piece in part.partition(":"))
            key = plain(said)
            if not colon:
                raise BadValue(_("« %(text)s » : %(help)s.") % {"text": part, "help": self._help()})
            if key in self._texts:
                facts[self._texts[key]] = self._words(Indicator, self._texts[key], text)
            elif key in self._numbers:
                facts[self._numbers[key]] = _number(text)
            elif key == "pour le":
                facts["target_on"] = parse_day(text)
            elif key == "sens":
                facts["direction"] = self._direction(text)
            else:
                facts["values"].append(self._reading(parse_day(said), text))
        facts["values"].sort(key=lambda reading: reading["date"])
        return facts

    def _direction(self, text: str) -> str:
        if plain(text) not in IndicatorDirection.values:
            words = _("« %(text)s » n’est pas dans la liste. Écrivez : %(words)s.")
            raise BadValue(words % {"text": text, "words": ", ".join(IndicatorDirection.values)})
        return plain(text)

    def _reading(self, day: date, text: str) -> dict[str, Any]:
        number, _bracket, comment = text.partition("(")
        comment = self._words(IndicatorValue, "comment", comment.strip().removesuffix(")"))
        return {"date": day, "value": _number(number), "comment": comment}

    def _parts(self, row: dict[str, Any]) -> Iterator[str]:
        named = (
            (_("unité"), _one_line(row["unit"])),
            (_("départ"), _plain(row["baseline"])),
            (_("objectif"), _plain(row["target"])),
            (_("pour le"), _day(row["target_on"])),
            (_("sens"), "" if row["direction"] == IndicatorDirection.UP else str(row["direction"])),
            (_("source"), _one_line(row["source"])),
        )
        yield from (f"{name} : {value}" for name, value in named if value)
        for reading in sorted(row["values"], key=lambda reading: _day(reading["date"])):
            comment = _one_line(reading["comment"])
            said = f" ({comment})" if comment else ""
            yield f"{_day(reading['date'])} : {_plain(reading['value'])}{said}"

    def _fill(self, row: Any, facts: dict[str, Any]) -> None:
        readings = facts.pop("values")
        super()._fill(row, facts)
        kept = {reading.date: reading for reading in row.values.all()}
        rows = []
        for told in readings:
            reading = kept.pop(told["date"], None) or IndicatorValue(date=told["date"])
            reading.value, reading.comment = told["value"], told["comment"]
            rows.append(reading)
        row.values = rows

    def _help(self) -> str:
        return _("écrivez « unité : jours », « objectif : 15 » ou « 2026-05-07 : 40 »")

    def help_text(self, lookups: ImportLookups) -> str:
        return _(
            "« Délai ; unité : jours ; départ : 45 ; objectif : 15 ; pour le : 2027-12-31 ; "
            "sens : baisse ; source : audit ; 2026-05-07 : 40 ; 2026-09-01 : 38 | … »"
        )


def _one_line(text: str) -> str:
    """Words that may stand in a cell: neither « | » nor « ; » in them."""
    [words] = clean_lines([text]) or [""]
    return words.replace(";", ",")


def _number(text: str, most: int = 10) -> Decimal:
    """« 1 250,50 » as a decimal of two places, of ``most`` digits before them at most."""
    digits = re.sub(r"\s", "", text).replace(",", ".").replace("−", "-")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**most:
        raise BadValue(_("« %(text)s » n’est pas un nombre.") % {"text": text})
    return number.quantize(Decimal("0.01"))


def _plain(value: Any) -> str:
    return "" if value is None else str(plain_number(value))


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
