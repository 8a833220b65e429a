"""A real Chromium before the demonstration, and a record of all that it asks for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, Route

from tests.browser.demo_site import DemoSite, fill_demo, serve_demo

HERE = Path(__file__).parent
# A browser that asks its maker for nothing.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        message = "Chromium manque : sudo apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def demo(
    browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoSite]:
    """The demonstration, filled once for all the tests; each process of them serves its own copy.

    With ``PORTAL_DEMO_DIR=var/essais`` the filled one is kept: a second run starts at once.
    """
    base = tmp_path_factory.getbasetemp()
    of_this_run = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    kept = os.environ.get("PORTAL_DEMO_DIR")
    filled = Path(kept).resolve() if kept else of_this_run / "demo-filled"
    fill_demo(filled)
    with serve_demo(filled, tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture(scope="session")
def site_url(demo: DemoSite) -> str:
    return demo.url


class Visit:
    """One page in a browser that has never been here, and all that it asked for."""

    def __init__(self, browser: Browser, demo: DemoSite, path: str, **options: Any) -> None:
        self.url = demo.url + path
        self.requests: list[Request] = []
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.host = urlsplit(demo.url).netloc
        # What a page asks for is counted without what its worker keeps for later.
        options.setdefault("service_workers", "block")
        self.context: BrowserContext = browser.new_context(locale="fr-FR", **options)
        self.context.route("**/*", self._stay_here)
        self.page: Page = self.context.new_page()
        self.page.on("requestfinished", lambda request: self.requests.append(request))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        response = self.page.goto(self.url, wait_until="load")
        assert isinstance(response, Response)
        self.response = response
        self.status = response.status
        assert self.status < 500, demo.errors()

    def _stay_here(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == self.host:
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def _listen(self, message: Any) -> None:
        # The browser also complains that the page asked for answers 404: the test knows.
        if message.type == "error" and message.location.get("url") != self.url:
            self.complaints.append(message.text)

    def weight(self, *kinds: str) -> int:
        """Compressed bytes received, of the given kinds of resource or of all."""
        return sum(
            request.sizes()["responseBodySize"]
            for request in self.requests
            if not kinds or request.resource_type in kinds
        )

    def check_discretion(self, with_cookies: bool) -> None:
        assert self.elsewhere == [], "asked another site"
        assert self.complaints == [], "the browser complains"
        if not with_cookies:
            assert self.context.cookies() == []


@pytest.fixture
def visit(browser: Browser, demo: DemoSite) -> Iterator[Callable[..., Visit]]:
    """Open a path: ``visit("/", width=320, java_script_enabled=False)``.

    Whatever the test looks at, nothing may have left the site, no cookie may have been set
    and the browser may not have complained.
    """
    visits: list[tuple[Visit, bool]] = []

    def open_path(
        path: str, width: int = 1280, with_cookies: bool = False, **options: Any
    ) -> Visit:
        viewport = {"width": width, "height": 800}
        visits.append((Visit(browser, demo, path, viewport=viewport, **options), with_cookies))
        return visits[-1][0]

    yield open_path
    for opened, with_cookies in visits:
        opened.check_discretion(with_cookies)
        opened.context.close()
