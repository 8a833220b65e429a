"""A phone number in a question: its place is looked for first."""

import re

import phonenumbers

from portal.text.phone_parsing import FRANCE, e164, parse_phone

_SEVERAL_DIGITS = re.compile(r"(?:\d[\s./()-]*){9}")


def phone_in(text: str) -> str:
    """The first whole French number of a text, in any spelling, as E.164; empty without one.

    >>> phone_in("04.91.38-70 00"), phone_in("qui est le +33491387000 ?"), phone_in("13003")
    ('+33491387000', '+33491387000', '')
    >>> phone_in("le 0692 12 34 56 ?")
    '+262692123456'
    """
    if not _SEVERAL_DIGITS.search(text):
        return ""
    spaced = re.sub(r"[./]", " ", text)
    found = phonenumbers.PhoneNumberMatcher(spaced, FRANCE, phonenumbers.Leniency.POSSIBLE)
    written = [match.raw_string for match in found]
    numbers = map(parse_phone, [*written, re.sub(r"[^\d+]", "", text)])
    number = next(filter(None, numbers), None)
    return e164(number) if number else ""
