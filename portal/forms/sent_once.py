"""A public form that is sent twice is received once: impatience, a slow network, « back ».

Two posts are the same when one network sends the same words to the same form within ten minutes.
Only a digest of them is kept, as long.
"""

import hashlib
from typing import Any, Self

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from portal.base.client import address_key

SAME_FOR_SECONDS = 600


class FormSubmission:
    """One press of the button, as a context. ``is_first``: whether it is to be received.

    An error inside the context forgets it: the next press counts as the first.

    ``key`` names what it becomes (an address to follow it, for instance): that of the first press,
    whichever press this is. ``form`` names the form, ``words`` are what was sent.
    """

    def __init__(self, request: HttpRequest, form: str, *words: object, key: str = "sent") -> None:
        said = "\x1f".join([address_key(request), *map(_text, words)])
        self._name = f"{form}:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()}"
        self.key = key
        self.is_first = cache.add(self._name, self.key, SAME_FOR_SECONDS)
        if not self.is_first:
            self.key = cache.get(self._name) or self.key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_details: object) -> None:
        if kind and self.is_first:
            self.forget()

    def forget(self) -> None:
        """It came to nothing: the next press counts as the first."""
        cache.delete(self._name)


def _text(value: Any) -> str:
    """A value as it compares: lines and blanks that a browser changes do not count."""
    if isinstance(value, UploadedFile):
        return f"{value.name} {value.size}"
    return " ".join(str(value).split())
