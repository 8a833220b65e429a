"""How a cell of a spreadsheet becomes a value.

Each parser takes the text of one cell and returns a value as ``ImportRow.values`` holds it. What
cannot be read raises ``BadValue``, with a sentence for the editor. What a spreadsheet did to the
cell (a zero that it removed) is repaired, and said in the remarks of the cell.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.imports.files.csv_reader import BadValue, parse_day
from portal.mail.addresses import bare_address
from portal.text.normalize import plain

#: What separates the items of one cell.
SEPARATOR = " | "
_YES = {"oui", "o", "vrai", "true", "1", "x", "yes"}
_NO = {"non", "n", "faux", "false", "0", "no"}
_SPREADSHEET_ERRORS = re.compile(r"#(N/?A|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUM!|NULL!)")


@dataclass(slots=True)
class CellText:
    """The text of one cell, and what is said of it while it is read."""

    text: str
    remarks: list[str] = field(default_factory=list)


def parse_text(cell: CellText, longest: int | None) -> str:
    """Words: what looks like a formula is refused, unless the portal itself wrote it so."""
    if cell.text.startswith(("=", "@")) or _SPREADSHEET_ERRORS.fullmatch(cell.text):
        raise BadValue(
            _("« %(text)s » est une formule : écrivez du texte.") % _shortened(cell.text)
        )
    words = unescape_formula(cell.text)
    if longest and len(words) > longest:
        raise BadValue(
            _("%(count)s signes au plus ; il y en a %(number)s.")
            % {"count": longest, "number": len(words)}
        )
    return words


def split_items(cell: CellText) -> list[str]:
    """« un | deux »; a code also after « , » or « ; »."""
    words = unescape_formula(cell.text)
    return [item for piece in words.split("|") if (item := piece.strip())]


def parse_yes_no(cell: CellText) -> bool:
    word = plain(cell.text)
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise BadValue(_("« %(text)s » : écrivez oui ou non.") % _shortened(cell.text))


def without_decimals(text: str) -> str:
    """A whole number as a person writes it: programs that keep every number as a decimal one add
    « .0 » to postcodes and phones."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", text)


def parse_integer(cell: CellText) -> int | None:
    if not cell.text:
        return None
    number = without_decimals(cell.text)
    if not re.fullmatch(r"\d{1,4}", number):
        raise BadValue(_("« %(text)s » n’est pas un nombre entier.") % _shortened(cell.text))
    return int(number)


def parse_decimal(cell: CellText) -> float | None:
    """A number with a point, or with a comma as French spreadsheets write it."""
    if not cell.text:
        return None
    try:
        number = float(unescape_formula(cell.text).replace(",", ".").replace("−", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadValue(
            _("« %(text)s » n’est pas un nombre, comme 43,2965.") % _shortened(cell.text)
        )
    return number


def parse_date(cell: CellText) -> str | None:
    return parse_day(cell.text).isoformat() if cell.text else None


def parse_url(cell: CellText, longest: int) -> str:
    """An address that a reader may follow: http or https, and no password in it."""
    link = parse_text(cell, longest)
    if not link:
        return ""
    if re.fullmatch(r"www\.[^\s/:@]+\S*", link):
        link = f"https://{link}"
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https"):
        raise BadValue(_("« %(text)s » : une adresse commence par https://.") % _shortened(link))
    if parts.username is not None or parts.password is not None:
        raise BadValue(_("Cette adresse contient un nom ou un mot de passe : retirez-le."))
    return validated(URLValidator(["http", "https"]), link)


def parse_email(cell: CellText, longest: int) -> str:
    address = bare_address(parse_text(cell, None))
    if len(address) > longest:
        address = parse_text(CellText(address), longest)  # says it
    return validated(validate_email, address) if address else ""


def restore_zeros(cell: CellText, digits: int, name: str, validate: Any) -> str:
    number = without_decimals(unescape_formula(cell.text))
    if re.fullmatch(r"\d+", number) and digits - 2 <= len(number) < digits:
        full = number.zfill(digits)
        cell.remarks.append(
            _("%(name)s : le tableur avait mangé le zéro, lu %(number)s.")
            % {"name": name, "number": full}
        )
        number = full
    return validated(validate, number) if number else ""


def validated(validate: Any, value: str) -> str:
    checked(validate, value)
    return value


def checked(check: Any, value: str) -> Any:
    try:
        return check(value)
    except ValidationError as mistake:
        raise BadValue(" ".join(mistake.messages)) from None


def _shortened(words: str) -> dict[str, str]:
    return {"text": words if len(words) <= 60 else f"{words[:59]}…"}
