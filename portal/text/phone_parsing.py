"""French telephone numbers, of any department, read by one function."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, shortnumberinfo

FRANCE = "FR"
#: Overseas plans have country codes of their own, and are dialled from Paris with ten digits.
#: They come first: the plan of metropolitan France accepts some of their numbers (0269, 0596).
_OVERSEAS = ("RE", "GP", "MQ", "GF", "PM")
#: « 262 » is La Réunion and Mayotte, « 590 » Guadeloupe and its neighbours.
_OVERSEAS_CODES = {262, 508, 590, 594, 596}
_METROPOLITAN_CODE = 33
#: Six digits there; « 0508 » and these six from the rest of France.
_MIQUELON = "+508"
_FROM_PARIS_TO_MIQUELON = re.compile(r"^\s*0\D*5\D*0\D*8(?=(?:\D*\d){6}\D*$)")
#: « +33 262 90 20 20 », « 0033 (0)590… »: dialled so by mistake, and by no other subscriber.
_OVERSEAS_AFTER_33 = re.compile(
    r"^\s*(?:\+|00)\s*33\s*(?:\(0\)|0)?\D*"
    r"(?=(?:2\D*6\D*[239]|6\D*(?:39|9\D*[02346])|5\D*9\D*[046])(?:\D*\d){6}\D*$)"
)
#: Numbers of special rate and of the internet are the same everywhere: 08…, 09…
_ANYWHERE = ("8", "9")


def parse_phone(text: str) -> PhoneNumber | None:
    """The number that ``text`` says, read as people of any French department write it.

    None when it is no valid number; short numbers (3114) are none, see ``short_number``.

    >>> parse_phone("0262 90 20 20").country_code, parse_phone("04 91 38 54 60").country_code
    (262, 33)
    """
    text = _FROM_PARIS_TO_MIQUELON.sub(_MIQUELON, text)
    text = _OVERSEAS_AFTER_33.sub("0", text)
    for region in _OVERSEAS:
        number = _parse(text, region)
        if (
            number is not None
            and number.country_code in _OVERSEAS_CODES
            and not str(number.national_number).startswith(_ANYWHERE)
        ):
            return number
    return _parse(text, FRANCE)


def _parse(text: str, region: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # « 0262… ; 0692… »: two numbers, of which the second would be lost.
    is_one = phonenumbers.is_valid_number(number) and not number.extension
    return number if is_one else None


def short_number(text: str) -> str:
    """The digits of a French short number (3114, 15); empty when ``text`` is none."""
    try:
        number = phonenumbers.parse(text, FRANCE)
    except phonenumbers.NumberParseException:
        return ""
    is_short = shortnumberinfo.is_valid_short_number_for_region(number, FRANCE)
    return str(number.national_number) if is_short else ""


def is_french(number: PhoneNumber) -> bool:
    """Whether it is dialled with ten digits anywhere in France."""
    return number.country_code == _METROPOLITAN_CODE or number.country_code in _OVERSEAS_CODES


def e164(number: PhoneNumber) -> str:
    """« +262262902020 »"""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def international(number: PhoneNumber) -> str:
    """« +262 262 90 20 20 »"""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))


def national(number: PhoneNumber) -> str:
    """As people of France read it, special rates by threes: « 0262 90 20 20 », « 0 800 36… »."""
    if number.country_code == 508 and len(str(number.national_number)) == 6:
        digits = str(number.national_number)
        return f"0508 {digits[:2]} {digits[2:4]} {digits[4:]}"
    if number.country_code == _METROPOLITAN_CODE:
        digits = f"0{number.national_number}"
        if digits.startswith("08"):
            return f"{digits[0]} {digits[1:4]} {digits[4:7]} {digits[7:]}"
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
