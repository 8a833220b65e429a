"""Spellings of an e-mail address in a text, and how to find or remove them.

An address inside a longer one belongs to somebody else: ``ana@x.example`` is not in
``diana@x.example``.
"""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from portal.mail.addresses import InvalidAddress, normalise

#: What stands in a text instead of an address that was erased from it.
ERASED = "[effacé]"
_ANY_ADDRESS = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")


def same_address(text: str, key: str) -> bool:
    """Whether a text is this address and nothing else, however it is written."""
    return key_of(text) == key


def key_of(text: str) -> str:
    """The comparable form of an address that was kept as it was typed."""
    try:
        return normalise(text).key
    except InvalidAddress:
        return text.strip().casefold()


@lru_cache(maxsize=64)
def spellings(key: str) -> tuple[str, ...]:
    """Lower-case spellings of an address: plain, with accents, percent-encoded, in JSON."""
    local, _at, domain = key.rpartition("@")
    domains = {domain, _with_accents(domain)}
    whole = {f"{local}@{one}" for one in domains}
    in_links = {quote(one, safe="") for one in whole} | {quote(one, safe="@") for one in whole}
    in_json = {json.dumps(one)[1:-1] for one in whole}
    return tuple(sorted(one.lower() for one in whole | in_links | in_json))


def mentions(text: str, key: str) -> bool:
    """Whether a text contains this address."""
    return bool(_pattern(key).search(text))


def without_address(text: str, key: str) -> str:
    """A text with every spelling of this address replaced."""
    return _pattern(key).sub(ERASED, text)


def without_address_in_json(value: Any, key: str) -> Any:
    """The same for a JSON value; a string that is the address alone becomes empty."""
    if isinstance(value, dict):
        return {name: without_address_in_json(one, key) for name, one in value.items()}
    if isinstance(value, list):
        return [without_address_in_json(one, key) for one in value]
    if not isinstance(value, str):
        return value
    return "" if same_address(value, key) else without_address(value, key)


def addresses_in(text: str) -> set[str]:
    """The comparable forms of all that looks like an address in a text."""
    return {key_of(found.replace("%40", "@")) for found in _ANY_ADDRESS.findall(text)}


@lru_cache(maxsize=64)
def _pattern(key: str) -> re.Pattern[str]:
    any_of = "|".join(re.escape(one) for one in spellings(key))
    return re.compile(rf"(?<![\w.+-])(?:{any_of})(?![\w-]|\.\w)", re.IGNORECASE)


def _with_accents(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
