"""« Près de moi » and « Ma sélection » in a real browser."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit

VIEUX_PORT = {"latitude": 43.295123, "longitude": 5.374987}


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_position_is_asked_on_a_click_only_and_leaves_rounded(
    visit: Callable[..., Visit],
) -> None:
    opened = visit("/annuaire/?q=cmp&ou=Arles", geolocation=VIEUX_PORT, permissions=["geolocation"])
    page = opened.page
    assert "pres" not in asked(page)
    page.get_by_text("modifier").click()
    page.get_by_role("button", name="Près de moi").click()
    page.wait_for_url("**pres=**")
    assert asked(page) == {"q": ["cmp"], "pres": ["43.30,5.37"]}
    assert not [one.url for one in opened.requests if "43.2951" in one.url]


def test_a_refused_position_is_said_and_the_focus_stays(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/", permissions=[]).page
    button = page.get_by_role("button", name="Près de moi")
    button.click()
    status = page.locator("[data-near-me] [role=status]")
    expect(status).to_contain_text("Écrivez votre commune")
    expect(button).to_be_focused()


def test_without_a_script_nothing_offers_the_position(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/", java_script_enabled=False).page
    expect(page.locator("[data-near-me]")).to_be_hidden()


@pytest.mark.parametrize("java_script", [True, False])
def test_entries_are_put_aside_one_after_the_other(
    visit: Callable[..., Visit], java_script: bool
) -> None:
    page = visit("/annuaire/?q=gem", java_script_enabled=java_script).page
    for number in (1, 2):
        page.locator("a", has_text="Ajouter à ma sélection").first.click()
        expect(page.get_by_role("link", name=f"Ma sélection ({number})")).to_be_visible()
        assert asked(page)["q"] == ["gem"]
    page.get_by_role("link", name="Ma sélection (2)").click()
    assert set(asked(page)) == {"f"}
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 lieux")
    page.get_by_role("link", name=re.compile("^Retirer")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 lieu")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/annuaire/selection/",
        "/annuaire/selection/?f=0123456789-zz",
        "/annuaire/mon-cmp/?ou=marseille+2e&age=17",
        "/annuaire/mon-cmp/?ou=aubagne",
        "/annuaire/mon-cmp/?ou=nulle+part&age=x",
        "/annuaire/mon-cmp/communes/",
        "/api/",
    ],
)
def test_everyone_can_read_these_pages(visit: Callable[..., Visit], path: str, width: int) -> None:
    opened = visit(path, width=width)
    assert opened.status == 200
    assert axe_violations(opened.page) == []
    root = opened.page.locator("html")
    assert root.evaluate("html => html.scrollWidth <= html.clientWidth")
