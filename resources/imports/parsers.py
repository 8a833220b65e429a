"""How the cells that only a directory has become values: phones, FINESS, SIRET, opening hours."""

import re

from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.imports.parsers import (
    CellText,
    checked,
    parse_text,
    restore_zeros,
    validated,
    without_decimals,
)
from resources.opening_hours.typed_text import tidy_hours
from resources.opening_hours.validators import validate_told_hours
from resources.validators import readable_phone, validate_finess, validate_postcode, validate_siret


def parse_phone(cell: CellText) -> str:
    """A number that people can dial; the zero that a spreadsheet ate is given back."""
    typed = without_decimals(unescape_formula(cell.text))
    if not typed:
        return ""
    if re.fullmatch(r"[1-9]\d{8}", typed):
        typed = f"0{typed}"
        cell.remarks.append(
            _("Téléphone : le tableur avait mangé le zéro, lu %(number)s.")
            % {"number": readable(typed)}
        )
    elif re.fullmatch(r"33[1-9]\d{8}", typed):
        typed = f"+{typed}"
    return readable(typed)


def readable(number: str) -> str:
    return checked(readable_phone, number)


def parse_postcode(cell: CellText) -> str:
    return restore_zeros(cell, 5, _("Code postal"), validate_postcode)


def parse_finess(cell: CellText) -> str:
    cell.text = cell.text.replace(" ", "").upper()
    return restore_zeros(cell, 9, "FINESS", validate_finess)


def parse_siret(cell: CellText) -> str:
    cell.text = cell.text.replace(" ", "")
    return restore_zeros(cell, 14, "SIRET", validate_siret)


def parse_opening_hours(cell: CellText, longest: int) -> str:
    hours = tidy_hours(parse_text(cell, longest))
    return validated(validate_told_hours, hours) if hours else ""
