"""Names that import-linter does not see keep to its layers: models by label, routes by name.

The layers are those of the contract « Who may know whom » in ``pyproject.toml``. A module or a
template names only models and routes of its own package, of the packages below it, and of
libraries.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from wagtail.coreutils import resolve_model_string

import pytest

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search")
MODEL_CALLS = frozenset(("get_model", "is_installed", "get_app_config"))
ROUTE_CALLS = frozenset(("reverse", "reverse_lazy", "redirect", "resolve_url"))
URL_TAG = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
#: The package that a template belongs to, by the beginning of its path; the longest one wins.
TEMPLATE_OWNERS = {
    "": "portal.base",
    "account/": "portal.sign_in",
    "actions/": "actions",
    "allauth/": "portal.sign_in",
    "backups/": "portal.backups",
    "blocks/home/": "home",
    "blocks/letter/": "newsletter",
    # The component is the search's; it stands with the others for its style and its sample.
    "components/search-form.html": "search",
    "editor/": "portal.editor",
    "demo_mailbox/": "portal.mail",
    "exports/": "portal.exports",
    "history/": "portal.history",
    "home/": "home",
    "imports/": "portal.imports",
    "jobs/": "portal.jobs",
    "mail/": "portal.mail",
    "newsletter/": "newsletter",
    "resources/": "resources",
    "review/": "portal.review",
    "search/": "search",
    "sign_in/": "portal.sign_in",
    "team/": "portal.team",
    "todo/": "portal.todo",
    "wagtailadmin/": "portal.editor",
}


class Reference(NamedTuple):
    """A model or a route (``target``), named at ``line`` of ``file``, which ``package`` owns."""

    file: str
    line: int
    package: str
    target: str


def read_layers() -> list[list[tuple[str, bool]]]:
    """Return the contract's layers from the top: packages, with whether siblings may be known."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contract = next(one for one in linter["contracts"] if one["type"] == "layers")
    return [
        [(name.strip(), ":" in layer) for name in re.split("[|:]", layer)]
        for layer in contract["layers"]
    ]


LAYERS = read_layers()
RANKS = {name: rank for rank, layer in enumerate(LAYERS) for name, _ in layer}
OPEN_SIDEWAYS = {name for layer in LAYERS for name, is_open in layer if is_open}


def package_of(module: str) -> str | None:
    """Return the package of the layers that a module is in; None for a library."""
    owners = [name for name in RANKS if f"{module}.".startswith(f"{name}.")]
    return max(owners, key=len, default=None)


def may_know(package: str, other: str | None) -> bool:
    if other is None or package == other or RANKS[package] < RANKS[other]:
        return True
    return RANKS[package] == RANKS[other] and package in OPEN_SIDEWAYS


@cache
def route_owners() -> dict[str, str | None]:
    """Return the package that answers each route, by the route's whole name."""
    owners: dict[str, str | None] = {}
    for name, module in _routes(get_resolver(), ""):
        owners.setdefault(name, package_of(module))
    # The views of a viewset are the library's: the one that is the project's tells whose they are.
    by_namespace = {
        name.rpartition(":")[0]: owner for name, owner in owners.items() if owner and ":" in name
    }
    return {
        name: owner or by_namespace.get(name.rpartition(":")[0]) for name, owner in owners.items()
    }


def _routes(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _routes(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif one.name:
            yield f"{prefix}{one.name}", _module_of(one)


def _module_of(route: URLPattern) -> str:
    """Return the module of the model that a generic view shows, else that of the view."""
    view = getattr(route.callback, "view_class", route.callback)
    model = getattr(route.callback, "view_initkwargs", {}).get("model")
    if model and package_of(view.__module__) is None:
        return resolve_model_string(model).__module__
    return str(view.__module__)


def model_owner(label: str, name: str = "") -> str | None:
    module = apps.get_model(label, name).__module__ if name else apps.get_app_config(label).name
    return package_of(module)


def python_references() -> Iterator[tuple[Reference, str | None]]:
    """Yield what modules name, each with the package that owns it."""
    for root in PACKAGES:
        for path in sorted((ROOT / root).rglob("*.py")):
            file = path.relative_to(ROOT)
            package = package_of(".".join(file.with_suffix("").parts))
            if package and "migrations" not in file.parts:
                for line, target, owner in references_of(path.read_text()):
                    yield Reference(str(file), line, package, target), owner


def references_of(source: str) -> Iterator[tuple[int, str, str | None]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Constant) and node.value in route_owners() and ":" in node.value:
            # « label:route », kept in a constant or given to another function.
            yield node.lineno, node.value, route_owners()[node.value]


def _of_call(node: ast.Call) -> Iterator[tuple[int, str, str | None]]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
    if name in MODEL_CALLS and words and isinstance(words[0], str):
        parts = words[0].split(".") + words[1:2]
        yield node.lineno, ".".join(map(str, parts)), model_owner(*map(str, parts[:2]))
    elif name in ROUTE_CALLS and words and words[0] in route_owners():
        yield node.lineno, words[0], route_owners()[words[0]]


def template_references() -> Iterator[tuple[Reference, str | None]]:
    """Yield the routes that templates name, each with the package that answers it."""
    folder = ROOT / "templates"
    for path in sorted(file for file in folder.rglob("*.*") if file.suffix != ".json"):
        name = path.relative_to(folder).as_posix()
        package = TEMPLATE_OWNERS[max(filter(name.startswith, TEMPLATE_OWNERS), key=len)]
        text = path.read_text()
        for found in URL_TAG.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Reference(name, line, package, found[1]), route_owners().get(found[1])


def out_of_layer(references: Iterator[tuple[Reference, str | None]]) -> list[str]:
    return [
        f"{one.file}:{one.line}: {one.package} names {one.target}, of {owner}"
        for one, owner in references
        if not may_know(one.package, owner)
    ]


def test_modules_name_no_model_nor_route_of_a_layer_above_or_beside():
    assert out_of_layer(python_references()) == []


def test_templates_name_no_route_of_a_layer_above_or_beside():
    assert out_of_layer(template_references()) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('apps.get_model("home", "GlossaryPage")', "home.GlossaryPage"),
        ('apps.get_model("home.GlossaryPage")', "home.GlossaryPage"),
        ('reverse("contact_send", args=[1])', "contact_send"),
        ('PAGE = "resources:my_entries"', "resources:my_entries"),
        ('redirect("fiches:index")', "fiches:index"),
    ],
)
def test_a_name_from_above_is_found_in_the_search(source, target):
    found = [
        reference for reference in references_of(source) if not may_know("search", reference[2])
    ]

    assert {name for _line, name, _owner in found} == {target}


def test_the_layers_decide_what_a_package_may_name():
    assert may_know("home", "resources")
    assert may_know("portal.mail", "portal.pdf")
    assert may_know("search", None)
    assert not may_know("resources", "actions")
    assert not may_know("portal.base", "search")
