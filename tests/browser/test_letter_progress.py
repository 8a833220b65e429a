"""The screen of a sending asks for its figures again, without throwing out whoever reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

SCRIPT = Path(__file__).parents[2] / "portal/static/portal/js/live-progress.js"
PAGE = """<!doctype html><html lang="fr"><title>Envoi</title>
<p role="status" data-progress-status></p>
<form><button>Mettre en pause</button></form>
<div data-progress="/chiffres/">%s</div>
<script type="module" src="/live-progress.js"></script></html>"""


def figures(words: str, state: str = "en_cours", over: str = "") -> str:
    return (
        f'<div data-state="{state}" {over}><p>{words}</p><a href="/abonne/">p…@x.example</a></div>'
    )


class Portal:
    """What the portal would answer, said by the test."""

    def __init__(self) -> None:
        self.figures = figures("90 sur 140")
        self.asked = 0
        self.loaded = 0
        self.is_away = False

    def answer(self, route: Route) -> None:
        path = route.request.url.partition(".example")[2]
        if path == "/live-progress.js":
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        elif path.startswith("/chiffres/"):
            self.asked += 1
            if self.is_away:
                route.abort()
            else:
                route.fulfill(body=self.figures, content_type="text/html; charset=utf-8")
        else:
            self.loaded += 1
            body = PAGE % self.figures
            route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture
def page(browser: Browser, portal: Portal) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR")
    context.route("**/*", portal.answer)
    page = context.new_page()
    page.clock.install()
    page.goto("http://portail.example/envois/1/")
    yield page
    context.close()


def three_seconds_later(page: Page, portal: Portal) -> None:
    """The clock is turned by hand; once more when the page was still busy with the last time."""
    before = portal.asked
    for _turn in range(50):
        page.clock.run_for(3000)
        if portal.asked > before:
            return
    pytest.fail("the figures were not asked for")


def test_the_figures_are_asked_for_every_three_seconds(page: Page, portal: Portal) -> None:
    portal.figures = figures("115 sur 140")
    three_seconds_later(page, portal)
    expect(page.locator("[data-progress]")).to_contain_text("115 sur 140")
    portal.figures = figures("120 sur 140")
    three_seconds_later(page, portal)
    expect(page.locator("[data-progress]")).to_contain_text("120 sur 140")
    assert portal.loaded == 1


def test_who_reads_the_list_with_a_keyboard_stays_there(page: Page, portal: Portal) -> None:
    link = page.get_by_role("link", name="p…@x.example")
    link.focus()
    portal.figures = figures("115 sur 140")
    three_seconds_later(page, portal)
    expect(link).to_be_focused()
    expect(page.locator("[data-progress]")).to_contain_text("90 sur 140")


def test_when_the_state_changes_it_is_said_and_the_buttons_follow(
    page: Page, portal: Portal
) -> None:
    portal.figures = figures("Terminé", "fini", "data-finished")
    with page.expect_navigation():
        page.clock.run_for(3000)
    expect(page.locator("[data-progress]")).to_contain_text("Terminé")
    page.clock.run_for(30_000)
    assert portal.asked == 1


def test_whoever_is_on_a_button_is_told_and_not_moved(page: Page, portal: Portal) -> None:
    button = page.get_by_role("button", name="Mettre en pause")
    button.focus()
    portal.figures = figures("En pause", "pause")
    three_seconds_later(page, portal)
    expect(page.get_by_role("status")).to_have_text("En pause")
    expect(button).to_be_focused()
    assert portal.loaded == 1


def test_a_network_that_is_away_stops_nothing(page: Page, portal: Portal) -> None:
    portal.is_away = True
    three_seconds_later(page, portal)
    portal.is_away = False
    portal.figures = figures("115 sur 140")
    three_seconds_later(page, portal)
    expect(page.locator("[data-progress]")).to_contain_text("115 sur 140")
