"""Translation catalogues of what readers see.

French sentences are their own keys: no French catalogue exists. A catalogue holds every sentence of
``templates/`` and, of the Python modules, those that reach a public page. What only editors see
(names of fields, help texts, panels, blocks, errors of a model's ``clean``) stays in French and out
of it.
"""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

import polib

PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search")
FOR_EDITORS = (
    *("*/apps.py", "*/wagtail_hooks.py", "*/migrations/*", "*/management/*"),
    *("*/blocks/*", "*/blocks.py"),
    *("portal/settings/*", "portal/users/*", "portal/images/*"),
    *("portal/base/documents.py", "portal/base/fields.py", "portal/base/checks/production.py"),
    *("home/dashboard.py", "home/services/messages.py", "actions/reports.py"),
    *("*/checks.py", "search/viewsets.py", "search/reports.py"),
    "search/api/*",  # the public data and their description are in French
    *(
        "resources/sectors/admin_views.py",
        "resources/sectors/import_reader.py",
        "resources/sectors/import_target.py",
        "resources/sectors/import_types.py",
    ),
    *("resources/panels.py", "resources/validators.py", "resources/duplicates.py"),
    *("resources/update_form.py", "*/editor_choices.py"),
    "templates/resources/opening_hours/*",
    *(
        "resources/opening_hours/widgets.py",
        "resources/opening_hours/fields.py",
        "resources/opening_hours/validators.py",
    ),
    *(
        "*/periodic_jobs.py",
        "portal/pdf/writer.py",
        "portal/jobs/registry.py",
        "portal/jobs/scheduled_publishing.py",
    ),
    *("*/personal_data.py", "portal/privacy/*"),
    "portal/exports/admin_export.py",
    *("portal/mail/domain/*", "portal/jobs/report.py"),
    *("newsletter/admin/*", "newsletter/bounces/*", "newsletter/backends/*"),
    *("newsletter/digest_registry.py", "newsletter/digest.py", "*/digest_sources.py"),
    *("newsletter/services/*", "newsletter/import_*.py"),
    # A letter is sent in French only.
    *("newsletter/mail/*", "templates/mail/*", "templates/newsletter/admin/*"),
    *("templates/jobs/*", "templates/review/*", "templates/resources/*/admin/*"),
    # Imports, moderation, the boards of the coordinator; what structures receive and answer.
    *("portal/imports/*", "templates/imports/*"),
    *("resources/imports/*", "templates/resources/imports/*"),
    *("resources/finess/*", "templates/resources/finess/*"),
    "templates/resources/sectors/import_help.html",
    *("actions/imports/*", "templates/actions/imports/*", "resources/moderation/*"),
    *(
        "templates/resources/moderation/*",
        "resources/territory_report/*",
        "templates/resources/territory_report/*",
    ),
    *("resources/verification/*", "templates/resources/verification/*", "resources/referents/*"),
    *("templates/resources/referents/*", "templates/resources/update_form.html"),
    "portal/review/*",
    *("portal/mail/queue.py", "portal/mail/choices.py"),
    *("resources/corrections/viewsets.py", "resources/corrections/drafts.py"),
    *("resources/corrections/create_entry.py", "resources/corrections/periodic_jobs.py"),
    "resources/corrections/services.py",
    # The public data, the frames for other sites and what is printed are in French.
    *("portal/api/openapi.py", "portal/api/decorators.py"),
    *("resources/open_data/*", "resources/hsds/*", "actions/open_data/*"),
    *("templates/resources/open_data/*", "templates/search/api.html"),
    *("templates/printing/*", "actions/printing/booklet.py", "resources/printing/booklet.py"),
    *(
        "resources/printing/entry.py",
        "resources/opening_hours/one_line.py",
        "resources/printing/poster.py",
    ),
)
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
    if any(fnmatch(name, pattern) for pattern in FOR_EDITORS):
        return
    if not name.endswith(".py"):
        yield from _of_template(text)
    else:
        yield from _of_module(ast.parse(text), is_model="/models" in name)


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
