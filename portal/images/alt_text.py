"""What an image shows, in words that somebody wrote: the name of a file says nothing of it."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASK = _("Que montre cette image ? Écrivez-le, ou cochez « décorative » si elle n’apprend rien.")
_IS_A_NAME = _(
    "« %(words)s » est le nom d’un fichier. Que montre cette image ? Écrivez-le, ou cochez "
    "« décorative » si elle n’apprend rien."
)
_EXTENSION = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|bmp|svg)$", re.IGNORECASE)
#: What cameras, phones and screens call their files.
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pxl|mvimg|p|dcim|photo|image|screenshot|capture|whatsapp image)"
    r"[\s_-]*(?:d[’' ]écran)?[\s_\d().:-]*\d[\w\s().:-]*$",
    re.IGNORECASE,
)


def alt_text_problem(words: str, image: Any = None) -> str | Promise:
    """The sentence that says what is wrong with the words beside an image; empty when nothing is.

    ``image``: the image itself, whose title comes from its file when nobody wrote one.
    """
    words = words.strip()
    if not words:
        return ASK
    if _EXTENSION.search(words) or _CAMERA.match(words) or _is_file_of(words, image):
        return _IS_A_NAME % {"words": words}
    return ""


def _is_file_of(words: str, image: Any) -> bool:
    name = getattr(getattr(image, "file", None), "name", None) or ""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return bool(stem) and _letters(words) == _letters(stem)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
