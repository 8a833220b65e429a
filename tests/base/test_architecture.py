"""What the documents name exists: paths, modules, commands, targets of make; and the map of
``architecture.md`` names every package."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

import pytest

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "portal/docs"
ARCHITECTURE = DOCS / "architecture.md"
DOCUMENTS = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search")
FOLDERS = (*PACKAGES, "templates", "tests")
SOURCE_FILE = re.compile(r"\.(py|html|md|yaml|css|js|mjml|csv|json|toml|xz|svg|env\.example|lock)$")


def code_spans(document: Path) -> Iterator[str]:
    """Yield what the document writes between backquotes, outside of its fenced blocks."""
    text = re.sub(r"^```.*?^```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)


def expand_braces(path: str) -> list[str]:
    """Return the paths that ``a/{b,c}.py`` stands for."""
    found = re.search(r"\{([^{}]*)\}", path)
    if not found:
        return [path]
    return [
        expanded
        for part in found[1].split(",")
        for expanded in expand_braces(path[: found.start()] + part + path[found.end() :])
    ]


def is_path(span: str) -> bool:
    if not re.fullmatch(r"[\w.<>*{},/-]+", span) or span.startswith(("/", ".", "var/")):
        return False
    return span.startswith(tuple(f"{folder}/" for folder in FOLDERS)) or bool(
        SOURCE_FILE.search(span)
    )


def path_exists(path: str) -> bool:
    """Whether a path from the root, or a file name alone, is in the tree.

    ``<name>`` stands for any name.
    """
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
    if "/" not in pattern and (ROOT / pattern).exists():
        return True
    folders = FOLDERS if "/" not in pattern else [""]
    return any(
        next(iter((ROOT / folder).glob(f"**/{pattern}" if folder else pattern)), None)
        for folder in folders
    )


def names_code(dotted: str) -> bool:
    """Whether a dotted name is a module, what a module defines, or a model."""
    parent, _, name = dotted.rpartition(".")
    try:
        if find_spec(dotted):
            return True
    except ModuleNotFoundError:
        pass
    if parent in {config.label for config in apps.get_app_configs()}:
        try:
            return bool(apps.get_model(dotted))
        except LookupError:
            pass
    try:
        return hasattr(import_module(parent), name)
    except ModuleNotFoundError:
        return False


def rooms() -> list[str]:
    """Return the packages of the product, but for what Django itself asks for."""
    return sorted(
        str(file.parent.relative_to(ROOT)) + "/"
        for package in PACKAGES
        for file in (ROOT / package).rglob("__init__.py")
        if not {"migrations", "management", "templatetags"} & set(file.parts)
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_of_a_document_exists(document):
    paths = [path for span in code_spans(document) if is_path(span) for path in expand_braces(span)]
    assert [path for path in paths if not path_exists(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    files = [link for link in links if "://" not in link]
    assert [link for link in files if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_of_a_document_imports(document):
    dotted = re.compile(rf"({'|'.join(PACKAGES)})(\.\w+)+")
    names = [
        span
        for span in code_spans(document)
        if dotted.fullmatch(span) and not re.search(r"\.[EW]\d+$", span) and not is_path(span)
    ]
    assert [name for name in names if not names_code(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_check_of_a_document_is_in_the_code(document):
    code = "".join(file.read_text() for name in PACKAGES for file in (ROOT / name).rglob("*.py"))
    checks = [span for span in code_spans(document) if re.fullmatch(r"\w+\.[EW]\d{3}", span)]
    assert [check for check in checks if f'"{check}"' not in code] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_of_a_document_exists(document):
    spans = list(code_spans(document))
    commands = {found[1] for span in spans if (found := re.search(r"manage\.py (\w+)", span))}
    targets = {found[1] for span in spans if (found := re.match(r"make ([a-z][a-z0-9-]*)", span))}
    makefile = set(
        re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    assert commands - set(get_commands()) == set()
    assert targets - makefile == set()


def test_every_class_and_constant_of_the_architecture_is_in_the_code():
    code = "".join(file.read_text() for name in PACKAGES for file in (ROOT / name).rglob("*.py"))
    names = [span for span in code_spans(ARCHITECTURE) if re.fullmatch(r"[A-Z]\w+(\.\w+)?", span)]
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", code)] == []


def test_the_map_names_every_package():
    text = ARCHITECTURE.read_text().split("\n## Map\n")[1].split("\n## ")[0]
    named = {path for span in re.findall(r"`([^`\n]+)`", text) for path in expand_braces(span)}
    assert [room for room in rooms() if room not in named] == []


def test_the_layers_are_those_that_are_checked():
    text = ARCHITECTURE.read_text().split("\n## Layers\n")[1].split("\n## ")[0]
    written = re.search(r"```\n(.*?)```", text, re.DOTALL)[1].splitlines()
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert written == contracts["contracts"][0]["layers"]


def test_the_table_of_tasks_is_there():
    text = ARCHITECTURE.read_text().split("\n## Where do I change…\n")[1].split("\n## ")[0]
    tasks = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    assert len(tasks) >= 25


def test_the_base_stays_small():
    files = [
        file for file in (ROOT / "portal/base").rglob("*.py") if "migrations" not in file.parts
    ]
    assert sum(len(file.read_text().splitlines()) for file in files) <= 3000
