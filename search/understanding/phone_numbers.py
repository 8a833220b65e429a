"""A phone number in a question: its place is looked for first."""

import re

import phonenumbers

_SEVERAL_DIGITS = re.compile(r"(?:\d[\s./()-]*){9}")
_COUNTRY = "FR"


def phone_in(text: str) -> str:
    """The first whole French number of a text, in any spelling, as E.164; empty without one.

    >>> phone_in("04.91.38-70 00"), phone_in("qui est le +33491387000 ?"), phone_in("13003")
    ('+33491387000', '+33491387000', '')
    """
    if not _SEVERAL_DIGITS.search(text):
        return ""
    found = phonenumbers.PhoneNumberMatcher(re.sub(r"[./]", " ", text), _COUNTRY)
    number = next((match.number for match in found), None)
    if number is None:
        digits = re.sub(r"[^\d+]", "", text)
        try:
            number = phonenumbers.parse(digits, _COUNTRY)
        except phonenumbers.NumberParseException:
            return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
