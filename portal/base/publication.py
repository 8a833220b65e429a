"""What keeps a page from being published: words that were to be written, and are not."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

# At the beginning of a text, a paragraph or a cell, as the portal's first pages have them:
# « Documents à compléter : … » inside a sentence is a sentence.
_PLACEHOLDER = re.compile(
    r"(?:^|>)(?:\s|&nbsp;)*[\[(«]?(?:\s|&nbsp;)*"
    r"(?:(?:texte\s+)?à\s+(?:écrire|rédiger|compléter|remplir)(?:\s|&nbsp;)*[:\])»….]"
    r"|lorem\s+ipsum|todo\b(?:\s|&nbsp;)*:)",
    re.IGNORECASE,
)
_SHOWN = 60


def find_placeholders(page: Any) -> dict[str, str]:
    """The fields of a page that still hold « À écrire : … », each with a sentence that says so.

    ``page`` gives its fields as its revisions store them, lists of its children included.
    """
    found = {}
    for name, value in page.serializable_data().items():
        words = next(_placeholders_in(value), "")
        if words:
            sentence = _("Il reste un texte à écrire (%(field)s) : « %(words)s ».")
            found[name] = sentence % {"field": _label(page, name), "words": words}
    return found


def _placeholders_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("[{"):
        with suppress(ValueError):  # the blocks of a stream are JSON, stored as a text
            yield from _placeholders_in(json.loads(value))
    elif isinstance(value, str):
        if mark := _PLACEHOLDER.search(value):
            words = re.split(r"[<>]", value[mark.start() :].lstrip("> \n"))[0]
            words = words.replace("&nbsp;", " ").strip()
            yield words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    elif isinstance(value, dict):
        for item in value.values():
            yield from _placeholders_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _placeholders_in(item)


def _label(page: Any, name: str) -> str:
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    related = getattr(field, "related_model", None) if field.auto_created else None
    return str(related._meta.verbose_name_plural if related else field.verbose_name)


def holds_words(value: Any) -> bool:
    """Whether the stored value of blocks says anything: words, a picture, a page."""
    if isinstance(value, str):
        return bool(re.sub(r"<[^>]*>|&nbsp;|\s", "", value))
    if isinstance(value, dict):
        return any(holds_words(item) for key, item in value.items() if key not in ("id", "type"))
    if isinstance(value, list):
        return any(holds_words(item) for item in value)
    return isinstance(value, int) and not isinstance(value, bool)
