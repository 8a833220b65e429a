"""How a cell becomes a value: what a spreadsheet did to it is mended, and said."""

import math
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.geo.names import plain
from portal.imports.files.csv_reader import BadValue, parse_day
from resources.opening_hours.validators import validate_opening_hours
from resources.validators import readable_phone, validate_finess, validate_postcode, validate_siret

#: What separates the items of one cell.
SEPARATOR = " | "
_YES = {"oui", "o", "vrai", "true", "1", "x", "yes"}
_NO = {"non", "n", "faux", "false", "0", "no"}
_SPREADSHEET_ERRORS = re.compile(r"#(N/?A|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUM!|NULL!)")


@dataclass(slots=True)
class Cell:
    """The text of one cell, and what is said of it while it is read."""

    text: str
    remarks: list[str] = field(default_factory=list)


def text(cell: Cell, longest: int | None) -> str:
    """Words: what looks like a formula is refused, unless the portal itself wrote it so."""
    if cell.text.startswith(("=", "@")) or _SPREADSHEET_ERRORS.fullmatch(cell.text):
        raise BadValue(_("« %(text)s » est une formule : écrivez du texte.") % _said(cell.text))
    words = unescape_formula(cell.text)
    if longest and len(words) > longest:
        raise BadValue(
            _("%(count)s signes au plus ; il y en a %(number)s.")
            % {"count": longest, "number": len(words)}
        )
    return words


def items(cell: Cell) -> list[str]:
    """« un | deux »; a code also after « , » or « ; »."""
    words = unescape_formula(cell.text)
    return [item for piece in words.split("|") if (item := piece.strip())]


def yes_or_no(cell: Cell) -> bool:
    word = plain(cell.text)
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise BadValue(_("« %(text)s » : écrivez oui ou non.") % _said(cell.text))


def whole(cell: Cell) -> int | None:
    if not cell.text:
        return None
    if not re.fullmatch(r"\d{1,4}", cell.text):
        raise BadValue(_("« %(text)s » n’est pas un nombre entier.") % _said(cell.text))
    return int(cell.text)


def decimal(cell: Cell) -> float | None:
    """A number with a point, or with a comma as French spreadsheets write it."""
    if not cell.text:
        return None
    try:
        number = float(unescape_formula(cell.text).replace(",", ".").replace("−", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadValue(_("« %(text)s » n’est pas un nombre, comme 43,2965.") % _said(cell.text))
    return number


def day(cell: Cell) -> str | None:
    return parse_day(cell.text).isoformat() if cell.text else None


def phone(cell: Cell) -> str:
    """A number that people can dial; the zero that a spreadsheet ate is given back."""
    typed = unescape_formula(cell.text)
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
    return _checked(readable_phone, number)


def address_of_site(cell: Cell, longest: int) -> str:
    """An address that a reader may follow: http or https, and no password in it."""
    link = text(cell, longest)
    if not link:
        return ""
    if re.fullmatch(r"www\.[^\s/:@]+\S*", link):
        link = f"https://{link}"
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https"):
        raise BadValue(_("« %(text)s » : une adresse commence par https://.") % _said(link))
    if parts.username is not None or parts.password is not None:
        raise BadValue(_("Cette adresse contient un nom ou un mot de passe : retirez-le."))
    return _validated(URLValidator(["http", "https"]), link)


def email(cell: Cell, longest: int) -> str:
    address = text(cell, longest)
    return _validated(validate_email, address) if address else ""


def postcode(cell: Cell) -> str:
    return _zeros_given_back(cell, 5, _("Code postal"), validate_postcode)


def finess(cell: Cell) -> str:
    cell.text = cell.text.replace(" ", "").upper()
    return _zeros_given_back(cell, 9, "FINESS", validate_finess)


def siret(cell: Cell) -> str:
    cell.text = cell.text.replace(" ", "")
    return _zeros_given_back(cell, 14, "SIRET", validate_siret)


def opening_hours(cell: Cell, longest: int) -> str:
    hours = text(cell, longest)
    return _validated(validate_opening_hours, hours) if hours else ""


def _zeros_given_back(cell: Cell, digits: int, name: str, validate: Any) -> str:
    number = unescape_formula(cell.text)
    if re.fullmatch(r"\d+", number) and digits - 2 <= len(number) < digits:
        full = number.zfill(digits)
        cell.remarks.append(
            _("%(name)s : le tableur avait mangé le zéro, lu %(number)s.")
            % {"name": name, "number": full}
        )
        number = full
    return _validated(validate, number) if number else ""


def _validated(validate: Any, value: str) -> str:
    _checked(validate, value)
    return value


def _checked(check: Any, value: str) -> Any:
    try:
        return check(value)
    except ValidationError as mistake:
        raise BadValue(" ".join(mistake.messages)) from None


def _said(words: str) -> dict[str, str]:
    return {"text": words if len(words) <= 60 else f"{words[:59]}…"}
