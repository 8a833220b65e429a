"""The kinds of import that the portal knows; each app registers its own.

A kind is all that the shared screens (``/admin/importer/<name>/``) and the shared job need.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from portal.imports.contract import ImportTarget, SourceFile

#: Bytes of the file, its name, the options that the form gave. Raises UnreadableFile.
FileReader = Callable[[bytes, str, Mapping[str, Any]], SourceFile]


@dataclass(frozen=True, slots=True)
class ImportType:
    """One sort of file, and what becomes of it.

    ``name`` is in addresses and in ``ImportRun.kind``: a slug of 20 letters at most.
    ``title`` names the screen, ``help_template`` is included above the form, with
    ``help_context()``. ``options_form`` asks for more than the file: what it gives is kept as
    JSON, and handed to the reader and to the target. ``megabytes`` is the most that is taken.
    ``list_url_name`` and ``list_label`` lead back to what was imported.
    """

    name: str
    title: str | Promise
    read: FileReader
    target: type[ImportTarget]
    list_url_name: str
    list_label: str | Promise
    help_template: str = ""
    help_context: Callable[[], Mapping[str, Any]] = dict
    options_form: type[forms.Form] = forms.Form
    file_label: str | Promise = ""
    accept: str = ".csv,.xlsx"
    megabytes: int = 5

    @property
    def url(self) -> str:
        return reverse("imports:upload", args=[self.name])


_import_types: dict[str, ImportType] = {}


def register_import(kind: ImportType) -> ImportType:
    """Give it its screens; called when an app is ready."""
    _import_types[kind.name] = kind
    return kind


def get_import_type(name: str) -> ImportType:
    """The kind of this name; 404 when an address names none."""
    try:
        return _import_types[name]
    except KeyError:
        raise Http404(name) from None
