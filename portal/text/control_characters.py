"""Signs that no text needs, and that feeds, mails and databases refuse.

A presentation or a PDF gives U+000B with what is copied from it; a broken emoji, half a pair of
surrogates. XML 1.0 (section 2.2) may hold none of them, UTF-8 no surrogate, PostgreSQL no U+0000.
"""

import re
from typing import Any

from django import forms
from django.db import models

# What ends a line or a page somewhere: a blank takes its place, so that words stay apart.
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_ONE_LINE = re.compile("[\x00-\x0a\x0d-\x1f\x7f]")
_ANY = re.compile(f"{_BREAKS.pattern}|{_UNREADABLE.pattern}")


def has_control_characters(text: str) -> bool:
    return bool(_ANY.search(text))


def is_one_line(text: str) -> bool:
    """Whether a text may stand in the header of a message, once its soft breaks are blanks."""
    return not _NOT_ONE_LINE.search(text)


def strip_control_characters(text: str) -> str:
    """The text without control characters and lone surrogates; lines and tabs stay.

    >>> strip_control_characters("avant\\x0baprès\\x07\\n")
    'avant après\\n'
    """
    if not _ANY.search(text):
        return text
    return _UNREADABLE.sub("", _BREAKS.sub(" ", text))


def strip_everywhere(value: Any) -> Any:
    """The same value, whose texts hold no such sign, however deep in lists and dictionaries.

    What has none is given back as it is, not copied.
    """
    if isinstance(value, str):
        return strip_control_characters(value)
    if isinstance(value, list):
        items = [strip_everywhere(item) for item in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if isinstance(value, dict):
        items = [(strip_everywhere(key), strip_everywhere(item)) for key, item in value.items()]
        same = all(a is key and b is value[key] for (a, b), key in zip(items, value, strict=True))
        return value if same else dict(items)
    return value


def strip_what_is_saved() -> None:
    """Have every text field of a form and of a model strip what it is given.

    The libraries' own models hold texts as well (the title of a page, a revision), and only these
    two methods are on the way of all that is typed, imported, copied or created in bulk.
    """
    forms.CharField.to_python = _stripping(forms.CharField.to_python)  # type: ignore[method-assign]
    for field in (models.CharField, models.TextField, models.JSONField):
        field.pre_save = _pre_save  # type: ignore[method-assign]


def _stripping(read: Any) -> Any:
    def to_python(self: forms.CharField, value: Any) -> Any:
        text = read(self, value)
        # Nobody types U+0000: forms refuse it, as Django has it.
        return text if isinstance(text, str) and "\0" in text else strip_everywhere(text)

    return to_python


def _pre_save(self: models.Field, model_instance: models.Model, add: bool) -> Any:
    value = models.Field.pre_save(self, model_instance, add)
    stripped = strip_everywhere(value)
    if stripped is not value:
        setattr(model_instance, self.attname, stripped)
    return stripped
