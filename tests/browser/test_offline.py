"""The crisis page and the roads without any network, or when the portal answers badly."""

from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.demo_site import DemoSite

ROAD, VIOLENCE = "/je-vais-mal/", "/violences/"
KEPT = """async () => {
  const cache = await caches.open('portal-pages-1');
  return (await cache.keys()).map(({url}) => new URL(url).pathname);
}"""


#: Waits until a cache holds an address that ends so.
HELD = """async ([name, end]) => {
  for (;;) {
    const urls = (await (await caches.open(name)).keys()).map(({url}) => url);
    if (urls.some((url) => url.endsWith(end))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""


class Front(ThreadingHTTPServer):
    """What stands before the portal: passes everything on, or answers ``status`` by itself."""

    def __init__(self, behind: str) -> None:
        self.behind = urlsplit(behind).netloc
        self.status = 0
        super().__init__(("127.0.0.1", 0), FrontHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class FrontHandler(BaseHTTPRequestHandler):
    server: Front
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.server.status:
            self._answer(self.server.status, [("Content-Type", "text/html")], b"<main>En panne")
            return
        portal = HTTPConnection(self.server.behind)
        portal.request("GET", self.path, headers=dict(self.headers))
        response = portal.getresponse()
        left_out = ("transfer-encoding", "connection", "content-length")
        headers = [pair for pair in response.getheaders() if pair[0].lower() not in left_out]
        self._answer(response.status, headers, response.read())
        portal.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said of each request."""


@pytest.fixture
def front(demo: DemoSite) -> Iterator[Front]:
    with Front(demo.url) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, front: Front) -> Page:
    """A page of the home, once the browser has kept what it keeps."""
    page = context.new_page()
    page.goto(front.url)
    page.evaluate(HELD, ["portal-pages-1", ROAD])
    return page


def test_without_network_the_numbers_are_there_and_the_day_is_said(
    context: BrowserContext, page: Page, front: Front
) -> None:
    context.set_offline(True)
    page.goto(f"{front.url}/aide/")
    expect(page.locator("main [role=status]")).to_contain_text("Copie du")
    assert page.locator("main .help-number").count() >= 3
    assert page.locator("main a[href='tel:3114']").count() >= 1
    colour = page.locator("main .help-number").first.evaluate("e => getComputedStyle(e).display")
    assert colour != "inline"  # the style sheet is there

    page.goto(f"{front.url}{ROAD}?ou=Aubagne")
    expect(page.locator("main [role=status]")).to_contain_text("Copie du")

    page.goto(f"{front.url}/annuaire/")
    expect(page.locator("main [role=status]")).to_contain_text("la page demandée n’est pas")
    assert page.locator("main .help-number").count() >= 3


def test_a_page_with_quick_exit_leaves_no_copy(
    context: BrowserContext, page: Page, front: Front
) -> None:
    page.goto(f"{front.url}{VIOLENCE}")
    assert VIOLENCE not in page.evaluate(KEPT)
    context.set_offline(True)
    page.goto(f"{front.url}{VIOLENCE}")
    assert page.locator(".quick-exit").count() == 0
    assert page.locator("main a[href='tel:3114']").count() >= 1


def test_what_is_typed_stays_on_no_device(page: Page, front: Front) -> None:
    page.goto(f"{front.url}/annuaire/?q=je+vais+mal&ou=Aubagne")
    page.goto(f"{front.url}{ROAD}?ou=Aubagne")
    every = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const {url} of await (await caches.open(name)).keys()) found.push(url);
          }
          return found;
        }"""
    )
    assert not [url for url in every if "?" in url]


@pytest.mark.parametrize("status", [200, 404, 500, 503])
def test_an_error_never_takes_the_place_of_a_good_page(
    context: BrowserContext, page: Page, front: Front, status: int
) -> None:
    front.status = status  # 200: an answer, but not the portal's
    page.goto(f"{front.url}/aide/")
    is_shown = page.locator("main .help-number").count() >= 3
    assert is_shown is (status >= 500)
    context.set_offline(True)
    page.goto(f"{front.url}/aide/")
    assert page.locator("main .help-number").count() >= 3


def test_with_the_server_stopped_the_numbers_are_there(page: Page, front: Front) -> None:
    front.shutdown()
    front.server_close()
    page.goto(f"{front.url}/aide/")
    assert page.locator("main .help-number").count() >= 3


def test_the_last_selection_is_kept_and_no_other(
    context: BrowserContext, page: Page, front: Front
) -> None:
    page.goto(f"{front.url}/annuaire/selection/?f=0000000000")
    page.goto(f"{front.url}/annuaire/selection/?f=1111111111")
    page.evaluate(HELD, ["portal-selection-1", "1111111111"])
    context.set_offline(True)
    page.goto(f"{front.url}/annuaire/selection/?f=1111111111")
    expect(page.locator("main [role=status]")).to_contain_text("Copie du")
    page.goto(f"{front.url}/annuaire/selection/?f=0000000000")
    expect(page.locator("main [role=status] a")).to_have_text("Ma sélection")


def test_a_changed_page_is_seen_at_the_first_reload(
    page: Page, front: Front, demo: DemoSite
) -> None:
    page.goto(f"{front.url}/aide/")
    demo.run(
        """
from home.models import CrisisPage
crisis = CrisisPage.objects.filter(slug="aide").first()
crisis.title = "Un titre tout neuf"
crisis.save_revision().publish()
"""
    )
    page.reload()
    assert page.locator("h1").inner_text() == "Un titre tout neuf"
