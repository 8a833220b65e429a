"""The frame of every page on a phone: help strip, header, footer, sheets; with large text too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite

NOWHERE = "/cette-adresse-n-existe-pas/"
OTHER_PAGES = ("/annuaire/?q=gem", "/annuaire/?q=je+veux+mourir", "/annuaire/selection/")
DIRECTORY = "/annuaire/?q=gem"

DOUBLE_TEXT = "document.documentElement.style.fontSize = '200%'"
# What runs past the edge of the screen, phone numbers in more than one piece, and how many of the
# four numbers are seen whole.
LOOK = """() => {
  const width = document.documentElement.clientWidth
  const isSeen = (box) => box.width && box.left >= 0 && box.right <= width + 1
    && box.top >= 0 && box.bottom <= innerHeight
  const numbers = document.querySelectorAll('.crisis-strip .phone-number')
  const outside = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .map((one) => `${one.tagName}.${one.className}`)
  return {
    numbers: [...numbers].filter((one) => isSeen(one.getBoundingClientRect())).length,
    broken: [...document.querySelectorAll('.phone-number')]
      .filter((one) => one.getClientRects().length > 1)
      .map((one) => one.textContent),
    outside: document.documentElement.scrollWidth > width ? outside.slice(0, 5) : [],
  }
}"""
# The numbers whose first digit does not stand at the left of their last one.
REVERSED = """() => {
  document.documentElement.dir = 'rtl'
  const left = (text, from) => {
    const range = document.createRange()
    range.setStart(text, from)
    range.setEnd(text, from + 1)
    return range.getBoundingClientRect().left
  }
  return [...document.querySelectorAll('.phone-number')].map((one) => one.firstChild)
    .filter((text) => left(text, 0) > left(text, text.length - 1))
    .map((text) => text.data)
}"""
HEIGHT = "one => one.getBoundingClientRect().height"
# Past the ends of a sheet, the keyboard goes to the browser itself, and body has the focus.
HAS_FOCUS = (
    "one => one.contains(document.activeElement) || document.activeElement === document.body"
)


def faults_of(page: Page) -> dict[str, object]:
    """What is lost of the page once its text is twice as large; nothing when all is there."""
    page.evaluate(DOUBLE_TEXT)
    found = page.evaluate(LOOK)
    return {} if found == {"numbers": 4, "broken": [], "outside": []} else found


@pytest.mark.parametrize("width", [320, 360])
def test_the_four_numbers_stay_on_screen_when_text_is_doubled(
    visit: Callable[..., Visit], demo: DemoSite, width: int
) -> None:
    page = visit("/", width=width).page
    faults = {}
    for path in (*demo.addresses.values(), *OTHER_PAGES):
        page.goto(demo.url + path)
        if found := faults_of(page):
            faults[path] = found
    if found := faults_of(visit(NOWHERE, width=width).page):
        faults[NOWHERE] = found
    assert faults == {}


def test_no_number_is_reversed_in_a_text_from_right_to_left(
    visit: Callable[..., Visit], demo: DemoSite
) -> None:
    page = visit("/aide/", width=360).page
    assert page.locator("main .phone-number").count() > 3
    assert page.evaluate(REVERSED) == []
    for name in ("CmpPage", "NeedPage", "DirectoryPage"):
        page.goto(demo.url + demo.addresses[name])
        assert page.evaluate(REVERSED) == []


@pytest.mark.parametrize("path", ["/", NOWHERE])
def test_the_frame_leaves_the_screen_to_the_page(visit: Callable[..., Visit], path: str) -> None:
    page = visit(path, width=360).page
    assert page.locator(".crisis-strip").evaluate(HEIGHT) <= 90
    assert page.locator(".site-header").evaluate(HEIGHT) <= 80
    assert page.locator("body > footer").evaluate(HEIGHT) <= 500


@pytest.mark.parametrize(
    ("name", "key"), [("Menu", "Enter"), ("Filtres", "Space"), ("Voir la carte", "Enter")]
)
def test_a_sheet_takes_the_keyboard_and_gives_it_back(
    visit: Callable[..., Visit], name: str, key: str
) -> None:
    page = visit(DIRECTORY, width=360).page
    opener = page.get_by_role("button", name=name)
    opener.focus()
    page.keyboard.press(key)
    sheet = page.get_by_role("dialog", name=name)
    expect(sheet).to_be_visible()
    assert axe_violations(page) == []
    for step in ("Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        assert sheet.evaluate(HAS_FOCUS)
        page.keyboard.press(step)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_sheet_whose_button_was_renewed_gives_the_keyboard_to_the_new_one(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/annuaire/?dans=annuaire", width=360).page
    page.get_by_role("button", name="Filtres").click()
    page.get_by_label("Gratuit").check()
    page.wait_for_url("**gratuit=1**")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filtres")).to_be_focused()


def test_sheets_are_links_without_javascript(visit: Callable[..., Visit]) -> None:
    page = visit(DIRECTORY, width=360, java_script_enabled=False).page
    for name, sheet in (
        ("Menu", "#menu a"),
        ("Filtres", "#filters select"),
        ("Voir la carte", "#map svg a"),
    ):
        expect(page.locator(sheet).first).to_be_hidden()
        page.get_by_role("link", name=name).click()
        expect(page.locator(sheet).first).to_be_visible()


def test_sheets_stand_in_their_place_on_a_wide_screen(visit: Callable[..., Visit]) -> None:
    page = visit(DIRECTORY, width=360).page
    page.get_by_role("button", name="Filtres").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("dialog")).to_have_count(0)
    for sheet in ("#menu", "main #filters", "main #map"):
        expect(page.locator(sheet)).to_be_visible()
    expect(page.locator(".sheet-opener:visible")).to_have_count(0)


# What WCAG 1.4.12 asks for: lines, paragraphs, letters and words apart.
WIDER_SPACES = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
# Text that its own box cuts, but for what is hidden on purpose or summed up in a card.
CUT = """() => {
  const width = document.documentElement.clientWidth
  const left = '.visually-hidden, .crisis-strip .use, .summary, .leaflet-container, svg, thead'
  const cut = [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility() && !one.closest(left) && one.innerText?.trim())
    .filter((one) => !/visible|auto/.test(getComputedStyle(one).overflowX)
      && one.scrollWidth > one.clientWidth + 2)
  const narrow = [...document.querySelectorAll('.door-card')].filter((one) => one.clientWidth < 180)
  return [...cut, ...narrow].map((one) => one.outerHTML.slice(0, 100)).slice(0, 5)
}"""
# The keyboard never goes up, nor back, within one column.
BACKWARDS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0
      && one.getBoundingClientRect().width > 1 && !one.closest('#map, svg'))
  const isLower = (one, next) => {
    const [a, b] = [one.getClientRects()[0], next.getClientRects()[0]]
    const isAbove = b.bottom <= a.top + 2 && b.left < a.right - 2
    const isBefore = b.right <= a.left + 2 && b.bottom > a.top + 4 && b.top < a.bottom - 4
    return !isAbove && !isBefore
  }
  return all.slice(1).filter((next, index) => !isLower(all[index], next))
    .map((one) => one.outerHTML.slice(0, 100))
}"""
WIDE_AND_NARROW = pytest.mark.parametrize("width", [360, 1280])


def faults_on(
    visit: Callable[..., Visit], demo: DemoSite, width: int, prepare: str, look: str
) -> dict[str, object]:
    """What ``look`` finds on a page of results, a danger, an entry and the forms."""
    page = visit("/", width=width).page
    names = ("CmpPage", "ContactPage", "LetterIndexPage", "ActionIndexPage", "CrisisPage")
    faults = {}
    for path in ("/", *OTHER_PAGES, *(demo.addresses[name] for name in names)):
        page.goto(demo.url + path)
        page.evaluate(prepare)
        if found := page.evaluate(look):
            faults[path] = found
    return faults


@WIDE_AND_NARROW
def test_text_twice_as_large_is_not_cut(
    visit: Callable[..., Visit], demo: DemoSite, width: int
) -> None:
    assert faults_on(visit, demo, width, DOUBLE_TEXT, CUT) == {}


@WIDE_AND_NARROW
def test_wider_spaces_hide_nothing(visit: Callable[..., Visit], demo: DemoSite, width: int) -> None:
    prepare = f"""() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync(`{WIDER_SPACES}`)
      document.adoptedStyleSheets = [sheet] }}"""
    assert faults_on(visit, demo, width, prepare, CUT) == {}


@WIDE_AND_NARROW
def test_the_keyboard_follows_the_page(
    visit: Callable[..., Visit], demo: DemoSite, width: int
) -> None:
    assert faults_on(visit, demo, width, "() => {}", BACKWARDS) == {}
