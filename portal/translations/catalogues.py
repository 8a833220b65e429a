"""Translation catalogues of what readers see.

French sentences are their own keys: no French catalogue exists. A catalogue holds every sentence of
``templates/`` and, of the Python modules, those that reach a public page. What only editors see
(names of fields, help texts, panels, blocks, errors of a model's ``clean``) stays in French and out
of it, as do the public data, the letter as it is sent and what is printed. A file is left out when:

- it lies below one of ``EDITOR_FOLDERS``;
- it is a module, or in a package of modules, named in ``EDITOR_MODULES``;
- it is a module with ``TRANSLATED = False`` at its top;
- it is in a package whose ``__init__.py`` has ``TRANSLATED = False``: its modules, the packages in
  it, and its templates (those of ``resources.referents`` are in ``templates/resources/referents``,
  those of ``portal.review`` in ``templates/review``);
- it is a template that begins with ``{# Not translated: why #}``.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

import polib

PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search")
#: Folders, of modules or templates, that only editors see.
EDITOR_FOLDERS = frozenset(("admin", "imports", "management", "migrations"))
#: Modules that only editors see, and packages of such modules.
EDITOR_MODULES = frozenset(
    (
        *("admin_views", "apps", "blocks", "checks", "digest_sources", "import_types", "panels"),
        *("editor_choices", "periodic_jobs", "personal_data", "reports", "viewsets"),
        *("snapshot_sources", "wagtail_hooks"),
    )
)
#: A message is sent in French only.
MAIL_TEMPLATES = "templates/mail/"
_NOT_TRANSLATED = re.compile(r"^TRANSLATED = False\b", re.MULTILINE)
_NOT_TRANSLATED_TEMPLATE = re.compile(r"\s*\{# Not translated: ")
_TEMPLATE_CALL = re.compile(
    r"""\b(?:_|n?p?gettext)\(
    ((?:\s*,?\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))+)""",
    re.VERBOSE | re.DOTALL,
)
_CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), ("msgid",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("msgid", "msgid_plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("msgctxt", "msgid")),
}


class CatalogueMessage(NamedTuple):
    """A sentence to translate, as gettext knows it; empty plural and context when none."""

    msgid: str
    msgid_plural: str = ""
    msgctxt: str = ""


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is written."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def catalogue_files() -> list[Path]:
    """The catalogues to compile: those of readers, then French over Wagtail's for editors."""
    readers = Path(settings.LOCALE_PATHS[0])
    editors = settings.BASE_DIR / "portal" / "editor" / "locale"
    return [file for folder in (readers, editors) for file in sorted(folder.glob("*/*/*.po"))]


def reader_messages() -> dict[CatalogueMessage, list[str]]:
    """Every sentence that a reader may see, each with the files where it stands."""
    messages: dict[CatalogueMessage, list[str]] = {}
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        text = path.read_text(encoding="utf-8")
        for message in messages_of(name, text):
            files = messages.setdefault(message, [])
            if name not in files:
                files.append(name)
    return messages


def messages_of(name: str, text: str) -> Iterator[CatalogueMessage]:
    """The sentences for readers of one file, of which ``name`` is relative to the project."""
    if not _is_translated(name, text):
        return
    if not name.endswith(".py"):
        yield from _of_template(text)
    else:
        yield from _of_module(ast.parse(text), is_model="/models" in name)


def _is_translated(name: str, text: str) -> bool:
    path = PurePosixPath(name)
    if EDITOR_FOLDERS.intersection(path.parts[:-1]) or name.startswith(MAIL_TEMPLATES):
        return False
    if path.suffix != ".py":
        below = path.parent.relative_to("templates")
        marked = bool(_NOT_TRANSLATED_TEMPLATE.match(text))
        folders = (below, *below.parents)
        packages = (*folders, *(PurePosixPath("portal", one) for one in folders))
    else:
        names = (*path.parts[:-1], path.stem)
        marked = bool(EDITOR_MODULES.intersection(names) or _NOT_TRANSLATED.search(text))
        packages = tuple(path.parents)
    return not marked and all(_is_translated_package(str(one)) for one in packages)


@cache
def _is_translated_package(path: str) -> bool:
    module = settings.BASE_DIR / path / "__init__.py"
    return not (module.is_file() and _NOT_TRANSLATED.search(module.read_text(encoding="utf-8")))


def update_catalogue(catalogue: polib.POFile) -> tuple[int, int]:
    """Add to a catalogue what it lacks, untranslated, and take out what no reader sees.

    Out: how many entries were added, and how many taken out.
    """
    wanted = reader_messages()
    known = {message_of(entry): entry for entry in catalogue}
    added = [message for message in wanted if message not in known]
    for message in added:
        plural = {"msgid_plural": message.msgid_plural, "msgstr_plural": {0: "", 1: ""}}
        catalogue.append(
            polib.POEntry(
                msgid=message.msgid,
                msgctxt=message.msgctxt or None,
                **(plural if message.msgid_plural else {}),
            )
        )
    gone = [entry for message, entry in known.items() if message not in wanted]
    for entry in gone:
        catalogue.remove(entry)
    for entry in catalogue:
        message = message_of(entry)
        entry.occurrences = [(name, "") for name in wanted[message]]
        entry.flags = ["python-format"] if _has_placeholder(message) else []
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid, entry.msgctxt or ""))
    return len(added), len(gone)


def message_of(entry: polib.POEntry) -> CatalogueMessage:
    return CatalogueMessage(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def _has_placeholder(message: CatalogueMessage) -> bool:
    return "%(" in message.msgid + message.msgid_plural


def _sources() -> Iterator[Path]:
    for pattern in ("*.html", "*.txt"):
        yield from sorted((settings.BASE_DIR / "templates").rglob(pattern))
    for package in PACKAGES:
        yield from sorted((settings.BASE_DIR / package).rglob("*.py"))


def _of_template(text: str) -> Iterator[CatalogueMessage]:
    for call in _TEMPLATE_CALL.finditer(templatize(text)):
        name = call[0].split("(", 1)[0]
        yield _message(name, list(ast.literal_eval(f"[{call[1]}]")))


def _of_module(tree: ast.AST, is_model: bool, is_said: bool = False) -> Iterator[CatalogueMessage]:
    """In a model, only what its methods say reaches a page, and not what they refuse."""
    for node in ast.iter_child_nodes(tree):
        name = _name_of(node)
        if is_model and (name == "ValidationError" or name.startswith("clean")):
            continue
        if isinstance(node, ast.Call) and name in _CALLS and (is_said or not is_model):
            words = [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]
            if words:  # else a name: its sentence is where it is written
                yield _message(name, words)
        yield from _of_module(node, is_model, is_said or isinstance(node, ast.FunctionDef))


def _name_of(node: ast.AST) -> str:
    """The name of a function that is called, or written here."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Call):
        return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return ""


def _message(call: str, words: list[str]) -> CatalogueMessage:
    return CatalogueMessage(**dict(zip(_CALLS[call], words, strict=False)))
