"""What one sees first, on a phone of 360 by 740, with a wide font, with and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit

WIDTH, HEIGHT = 360, 740
TALLEST_CARD = 300
PHONE = "main a[href^='tel:']"
#: Wider than what phones have.
WIDE_FONT = ":root { --sans: 'DejaVu Sans', Verdana, sans-serif; }"
ANSWERS = [
    ("/annuaire/?q=je+ne+dors+plus&ou=Aubagne", "#results-title"),
    ("/annuaire/mon-cmp/?ou=Aubagne", "main h1"),
    ("/annuaire/mon-cmp/?ou=13011&age=30", "main h1"),
    ("/annuaire/cmp-saint-marcel/", "main h1"),
]


def bottom(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("java_script", [True, False])
@pytest.mark.parametrize(("path", "title"), ANSWERS)
def test_the_answer_and_its_phone_are_on_the_first_screen(
    visit: Callable[..., Visit], path: str, title: str, java_script: bool
) -> None:
    page = visit(path, width=WIDTH, java_script_enabled=java_script).page
    assert bottom(page.locator(title)) < bottom(page.locator(PHONE).first) <= HEIGHT


@pytest.mark.parametrize(
    "question", ["q=cmp&ou=Aubagne", "q=cmp+13011", "q=gem", "q=csapa&ou=Arles"]
)
def test_a_card_holds_in_three_hundred_pixels_even_with_a_wide_font(
    visit: Callable[..., Visit], question: str
) -> None:
    page = visit(f"/annuaire/?{question}", width=WIDTH, bypass_csp=True).page
    page.add_style_tag(content=WIDE_FONT)
    cards = page.locator(".door-card").all()
    heights = {card.locator("h2, h3").inner_text(): card.bounding_box() for card in cards}
    assert heights
    tall = {title: box for title, box in heights.items() if box and box["height"] > TALLEST_CARD}
    assert tall == {}


@pytest.mark.parametrize("java_script", [True, False])
def test_the_question_holds_on_one_line_and_opens_with_the_keyboard(
    visit: Callable[..., Visit], java_script: bool
) -> None:
    page = visit("/annuaire/?q=cmp&ou=Aubagne", width=WIDTH, java_script_enabled=java_script).page
    asked = page.locator(".asked-question summary")
    expect(asked).to_contain_text("cmp · Aubagne")
    expect(page.locator("#q")).to_be_hidden()
    asked.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("cmp")
    page.locator("#ou").fill("Arles")
    page.locator("#ou").press("Enter")
    expect(page.locator("#results-title")).to_contain_text("Arles")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_search_sent_empty_says_so_in_its_field(
    visit: Callable[..., Visit], java_script: bool
) -> None:
    page = visit("/annuaire/", width=WIDTH, java_script_enabled=java_script).page
    page.locator("#search-form").get_by_role("button", name="Chercher").click()
    words = page.locator("#q")
    expect(words).to_be_focused()
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(words).to_have_accessible_description("Écrivez ce que vous cherchez, ou une commune.")


def test_the_directory_opens_on_needs_that_everyone_can_read(visit: Callable[..., Visit]) -> None:
    page = visit("/annuaire/", width=WIDTH).page
    assert axe_violations(page) == []
    page.locator(".need-groups").get_by_role("link", name="CSAPA").click()
    expect(page.locator(".door-card").first).to_be_visible()
