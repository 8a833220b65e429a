"""The texts of a page or a snippet, as a translator sees them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.text import capfirst

from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

#: Texts that no reader sees on the page.
_NOT_READ = {"slug", "owner_role", "phrases"}


class ChangedText(NamedTuple):
    """A text of the source that has changed: ``before`` or ``after`` is empty when there was none.

    ``translation`` is what the translation says at the same place, empty when it has no such place.
    """

    label: str
    before: str
    after: str
    translation: str


def texts_of(instance: Any) -> dict[str, str]:
    """The translatable texts of an instance, without their marks, by path.

    A path is wagtail-localize's: ``summary``, ``body.<block>.heading``,
    ``services.<translation key>.name``.
    """
    found: dict[str, list[str]] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue) and segment.path not in _NOT_READ:
            found.setdefault(segment.path, []).append(segment.string.render_text())
    return {path: "\n".join(parts) for path, parts in found.items()}


def changed_paths(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The paths whose text differs, in the order of the page; those that disappeared come last."""
    paths = dict.fromkeys([*after, *before])
    return [path for path in paths if before.get(path, "") != after.get(path, "")]


def compare_texts(
    before: Mapping[str, str], after: Mapping[str, str], translation: Any, model: Any = None
) -> list[ChangedText]:
    """What the source says otherwise than it did, beside what the translation says.

    ``model`` is the source's, when the translation is a page of another type: no text of one is
    then the text of the other.
    """
    is_free = model is not None and model is not type(translation)
    own = {} if is_free else texts_of(translation)
    return [
        ChangedText(
            label=path_label(model or type(translation), path),
            before=before.get(path, ""),
            after=after.get(path, ""),
            translation=own.get(path, ""),
        )
        for path in changed_paths(before, after)
    ]


def path_label(model: Any, path: str) -> str:
    """The name that the editor's form gives to the place of a text."""
    name, *below = path.split(".")
    field = model._meta.get_field(name)
    if not field.one_to_many:
        return str(capfirst(field.verbose_name))
    row = field.related_model._meta
    return f"{capfirst(row.verbose_name)} – {row.get_field(below[1]).verbose_name}"
