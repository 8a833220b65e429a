"""Every component stands alone: its template, its stylesheet, its sample context."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

import pytest

FOLDER = settings.BASE_DIR / "templates" / "components"
STYLES = settings.BASE_DIR / "portal" / "static" / "portal" / "css"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
# Styles of whole page parts, which page templates write themselves.
PAGE_PARTS = {
    "crisis-page",
    "easy-read",
    "hero",
    "issue-body",
    "map",
    "need-page",
    "asked-question",
    "need-groups",
    "results-layout",
    "sheet",
    "skip-link",
}
# Components made of the styles of others.
WITHOUT_STYLE = {"hero-illustration", "mandatory-note"}
MISSING = "⟦missing⟧"
HTML_KEYS = {"image", "widget", "body"}


def sample(name: str) -> dict[str, Any]:
    """The sample context of a component, with real dates, pages and safe HTML."""

    def revive(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {key: revive_value(key, value) for key, value in pairs}

    def revive_value(key: str, value: Any) -> Any:
        if key == "page_obj":
            return Paginator(range(value["count"]), value["per_page"]).page(value["number"])
        if key in HTML_KEYS:
            return mark_safe(value)  # noqa: S308
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
        return value

    return json.loads((FOLDER / f"{name}.json").read_text(), object_pairs_hook=revive)


def strict_engine() -> Engine:
    """Django's templates as the portal sets them, where a missing variable shows."""
    options = settings.TEMPLATES[0]["OPTIONS"]
    return Engine(
        dirs=settings.TEMPLATES[0]["DIRS"],
        app_dirs=True,
        builtins=options["builtins"],
        libraries={
            "i18n": "django.templatetags.i18n",
            "static": "django.templatetags.static",
            "wagtailcore_tags": "wagtail.templatetags.wagtailcore_tags",
        },
        string_if_invalid=MISSING,
    )


def render(name: str, context: dict[str, Any]) -> str:
    return strict_engine().get_template(f"components/{name}.html").render(Context(context))


@pytest.mark.parametrize("name", NAMES)
def test_a_component_renders_from_its_sample_without_a_database(name: str) -> None:
    html = render(name, sample(name))
    assert html.strip()
    assert MISSING not in html


@pytest.mark.parametrize("name", NAMES)
def test_a_component_writes_every_argument_of_its_sample(name: str) -> None:
    """A sample that the template ignores would document an argument that does nothing."""
    source = (FOLDER / f"{name}.html").read_text()
    for key in json.loads((FOLDER / f"{name}.json").read_text()):
        assert re.search(rf"\b{key}\b", re.sub(r"{#.*?#}", "", source)), key


@pytest.mark.parametrize("name", NAMES)
def test_a_component_carries_no_inline_style_or_script(name: str) -> None:
    html = render(name, sample(name))
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", html)


@pytest.mark.parametrize("name", sorted(set(NAMES) - WITHOUT_STYLE))
def test_a_component_has_a_stylesheet_of_its_name(name: str) -> None:
    assert (STYLES / "components" / f"{name}.css").is_file()


def test_every_stylesheet_is_imported_and_belongs_to_something() -> None:
    names = {path.stem for path in (STYLES / "components").glob("*.css")}
    imported = set(re.findall(r"components/([a-z-]+)\.css", (STYLES / "main.css").read_text()))
    assert imported == names
    assert names == (set(NAMES) - WITHOUT_STYLE) | PAGE_PARTS


@pytest.mark.parametrize("path", sorted(Path(settings.BASE_DIR / "templates").rglob("*.html")))
def test_an_icon_that_a_template_names_exists(path: Path) -> None:
    sprite = (settings.BASE_DIR / "portal" / "static" / "portal" / "icons.svg").read_text()
    for name in re.findall(r'{% icon "([a-z]+)"', path.read_text()):
        assert f'id="i-{name}"' in sprite


def test_a_chart_draws_nothing_foolish_from_zero_or_words() -> None:
    points = [{"label": "2025", "value": 0}, {"label": "2026", "value": "inconnu"}]
    html = render("chart", {**sample("chart"), "points": points, "goal": ""})
    assert "inconnu" in html
    assert MISSING not in html


def test_a_table_cell_says_its_column_once_stacked() -> None:
    html = render("table", sample("table"))
    assert 'data-label="Où en est-on\xa0?">Fait</td>' in html


def test_the_page_at_hand_is_not_a_link_in_the_pager() -> None:
    html = render("pagination", sample("pagination"))
    assert '<b aria-current="page"><span class="visually-hidden">Page </span>4</b>' in html
    assert 'href="?type=cmp&amp;page=5"' in html
    assert "…" in html


def test_a_single_page_needs_no_pager() -> None:
    html = render("pagination", {"page_obj": Paginator(range(3), 12).page(1), "base": ""})
    assert "<nav" not in html


def test_what_a_reader_typed_is_written_back_as_text() -> None:
    html = render("search-form", {"q": '"><script>', "ou": "", "action": ""})
    assert "<script>" not in html
    assert 'action="/annuaire/"' in html


def include(words: str, **context: Any) -> str:
    return Engine.get_default().from_string(words).render(Context(context))


def test_a_component_that_is_kept_says_what_it_is_given() -> None:
    card = '{% include "components/link-card.html" with title=title url="/ici/" only %}'
    for title in ("L’été", "<b>", mark_safe("<b>"), "L’été"):
        made = include(
            '{% include name with title=title url="/ici/" only %}',
            title=title,
            name="components/link-card.html",
        )
        assert include(card, title=title) == made


def test_a_component_that_is_kept_knows_which_argument_holds_which_words() -> None:
    as_text = '{% include "components/badge.html" with text=said only %}'
    as_state = '{% include "components/badge.html" with state=said only %}'
    assert include(as_text, said="late") != include(as_state, said="late")


def test_a_component_that_is_kept_is_told_in_each_language() -> None:
    strip = '{% include "components/crisis-strip.html" only %}'
    with translation.override("fr"):
        french = include(strip)
    with translation.override("en"):
        assert include(strip) != french
    with translation.override("fr"):
        assert include(strip) == french
