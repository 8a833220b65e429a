"""The message of an issue, as mailboxes show it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import axe_violations
from tests.browser.demo_site import DemoSite

RENDER = """
from newsletter.mail.issue import render_issue
from newsletter.models import IssuePage
issue = IssuePage.objects.live().filter(locale__language_code="fr").first()
print(render_issue(issue).html)
"""


@pytest.fixture(scope="module")
def message(demo: DemoSite, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a file that holds the message of the demonstration's first issue."""
    path: Path = tmp_path_factory.mktemp("message") / "message.html"
    path.write_text(demo.run(RENDER), encoding="utf-8")
    return path.as_uri()


def look_at(browser: Browser, address: str, **options: Any) -> tuple[Page, list[str]]:
    """The message in a window, and what it asked for beside itself."""
    asked: list[str] = []
    page = browser.new_context(**options).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, [url for url in asked if url != address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_message_is_accessible_and_asks_for_nothing(
    browser: Browser, message: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page, asked = look_at(browser, message, viewport=size, color_scheme=scheme)

    assert axe_violations(page) == []
    assert asked == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    page.context.close()


def test_the_dark_message_is_dark(browser: Browser, message: str) -> None:
    def background(scheme: str) -> str:
        page, _asked = look_at(browser, message, color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.context.close()
        return str(colour)

    assert background("light") == "rgb(250, 246, 238)"
    assert background("dark") == "rgb(11, 29, 32)"


def test_without_its_styles_the_message_still_says_whom_to_call(
    browser: Browser, message: str
) -> None:
    page, _asked = look_at(browser, message, java_script_enabled=True)
    page.evaluate(
        "document.querySelectorAll('style').forEach(one => one.remove());"
        "document.querySelectorAll('[style]').forEach(one => one.removeAttribute('style'))"
    )

    words = page.inner_text("body")
    assert "3114" in words
    assert page.get_by_role("link", name="3114").get_attribute("href") == "tel:3114"
    assert page.get_by_role("link", name="Me désinscrire").is_visible()
    page.context.close()
