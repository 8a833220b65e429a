"""Looking for a place in a real browser: filters, proposals, and the same without a script."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit
from tests.browser.test_every_page_type import JAVASCRIPT_AT_MOST

QUESTIONS = ["q=cmp+aubagne", "q=envie+de+mourir", "q=zzzz&ou=Lyon&gratuit=1", "q=ptsm&dans=pages"]


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("width", [320, 1280])
def test_everyone_can_read_the_results(
    visit: Callable[..., Visit], question: str, width: int
) -> None:
    opened = visit(f"/annuaire/?{question}", width=width)
    assert axe_violations(opened.page) == []
    # A wide screen also loads the map that it has room for.
    assert width > 360 or opened.weight("script") <= JAVASCRIPT_AT_MOST
    root = opened.page.locator("html")
    assert root.evaluate("html => html.scrollWidth <= html.clientWidth")


def test_a_filter_refreshes_the_list_keeps_the_focus_and_is_announced(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/annuaire/?dans=annuaire").page
    before = page.locator("#results-title").inner_text()
    page.get_by_label("Gratuit").focus()
    page.keyboard.press("Space")
    expect(page.locator("#results-title")).not_to_have_text(before)
    assert asked(page) == {"dans": ["annuaire"], "gratuit": ["1"]}
    assert page.evaluate("document.activeElement.name") == "gratuit"
    expect(page.locator("#results-status")).to_have_text(
        page.locator("#results-title").inner_text()
    )
    expect(page.get_by_label("Gratuit")).to_be_checked()


def test_only_the_last_choice_counts(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/?dans=annuaire").page
    held: list[Route] = []
    page.route("**/annuaire/?*gratuit=1", lambda route: held.append(route))
    page.get_by_label("Gratuit").check()
    page.get_by_label("Sans rendez-vous").check()
    page.wait_for_url("**sansrdv=1*")
    expect(page.get_by_label("Sans rendez-vous")).to_be_checked()
    assert len(held) == 1


def test_a_refresh_that_fails_opens_the_page_as_usual(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/?dans=annuaire").page

    def answer(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.fulfill(body="half a page")
        else:
            route.continue_()

    page.route("**/annuaire/?*gratuit=1", answer)
    with page.expect_navigation():
        page.get_by_label("Gratuit").check()
    expect(page.get_by_label("Gratuit")).to_be_checked()


def test_without_a_script_the_button_does_it_and_words_are_kept(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/annuaire/?q=cmp&ou=Marseille", java_script_enabled=False).page
    page.get_by_label("Distance").select_option("10")
    page.get_by_role("button", name="Voir les résultats").click()
    assert asked(page) == {"q": ["cmp"], "ou": ["Marseille"], "km": ["10"]}


def test_a_new_search_keeps_the_filters(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/?gratuit=1").page
    page.get_by_text("modifier").click()
    page.locator("#q").fill("cmp")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=cmp**")
    assert asked(page)["gratuit"] == ["1"]


def test_the_first_letters_propose_and_the_keyboard_chooses(visit: Callable[..., Visit]) -> None:
    page = visit("/").page
    where = page.locator("#ou")
    where.focus()
    expect(where).to_have_role("combobox")
    where.press_sequentially("auba")
    expect(page.get_by_role("option").first).to_contain_text("Aubagne")
    where.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    where.press("Enter")
    expect(where).to_have_value("Aubagne")
    expect(where).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_proposals_and_keeps_what_was_typed(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/").page
    what = page.locator("#q")
    what.focus()
    expect(what).to_have_role("combobox")
    what.press_sequentially("cm")
    expect(page.get_by_role("option").first).to_be_visible()
    what.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(what).to_have_value("cm")


def test_no_letter_is_sent_before_the_second_one(visit: Callable[..., Visit]) -> None:
    opened = visit("/")
    what = opened.page.locator("#q")
    what.focus()
    expect(what).to_have_role("combobox")
    what.press("c")
    what.press("m")
    expect(opened.page.get_by_role("option").first).to_be_visible()
    sent = [one.url for one in opened.requests if "/recherche/suggestions" in one.url]
    assert [parse_qs(urlsplit(url).query)["q"] for url in sent] == [["cm"]]


def test_the_panel_of_a_phone_closes_on_results_that_are_already_there(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/annuaire/?dans=annuaire", width=360).page
    page.get_by_role("button", name="Filtres").click()
    page.get_by_label("Gratuit").check()
    page.wait_for_url("**gratuit=1**")
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#results-title")).to_be_in_viewport()
