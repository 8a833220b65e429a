"""The demonstration's messages, read in a real browser: whole, and able to do nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.mail import EmailMultiAlternatives

import pytest

from portal.mail.file_backend import FileEmailBackend
from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite

HTML = """<!doctype html><html lang="fr"><head><title>Lettre</title>
<style>h1 {{ color: rgb(1, 2, 3) }}</style></head>
<body style="background: rgb(4, 5, 6)"><h1>Été</h1>
<script>document.body.id = "ran"</script>
<p><a id="same" href="{site}/aide/">Ici</a> <a id="new" target="_blank" href="{site}/">Là</a></p>
<img id="ours" alt="" src="{site}/static/portal/icon-192.png">
<form action="{site}/"><button>Envoyer</button></form></body></html>"""


@pytest.fixture(scope="module")
def kept(demo: DemoSite) -> Iterator[None]:
    """A letter in the folder of the demonstration."""
    folder = demo.log.parent / "mail"
    known = set(folder.glob("*.eml"))
    letter = EmailMultiAlternatives(
        "La lettre d’essai du navigateur",
        f"Bonjour,\n\nConfirmez : {demo.url}/aide/{'x' * 120}\n",
        "PTSM <ptsm@x.example>",
        ["ana@x.example"],
        connection=FileEmailBackend(file_path=folder),
    )
    letter.extra_headers["List-Unsubscribe"] = f"<{demo.url}/d/{'y' * 120}>"
    letter.attach_alternative(HTML.format(site=demo.url), "text/html")
    letter.send()
    yield
    for path in set(folder.glob("*.eml")) - known:
        path.unlink()


@pytest.fixture
def letter(visit: Callable[..., Visit], kept: None) -> str:
    """The path of the letter's page."""
    link = visit("/courriels/").page.locator("main li a").first
    assert "La lettre d’essai" in link.inner_text()
    return str(link.get_attribute("href"))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_the_messages(
    visit: Callable[..., Visit], letter: str, width: int, scheme: str
) -> None:
    for path in ("/courriels/", letter):
        opened = visit(path, width=width, color_scheme=scheme)
        assert opened.status == 200
        assert axe_violations(opened.page) == []
        root = opened.page.locator("html")
        assert root.evaluate("html => html.scrollWidth <= html.clientWidth")


def test_the_html_is_shown_whole_and_runs_nothing(visit: Callable[..., Visit], letter: str) -> None:
    opened = visit(f"{letter}html/")
    page = opened.page
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    background = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert background == "rgb(4, 5, 6)"
    assert page.locator("#ours").evaluate("image => image.naturalWidth") == 192
    assert page.locator("#ran").count() == 0
    page.locator("button").click()
    assert page.url.endswith("/html/")


def test_links_of_a_message_open_pages_that_work(visit: Callable[..., Visit], letter: str) -> None:
    opened = visit(f"{letter}html/")
    with opened.context.expect_page() as popup:
        opened.page.locator("#new").click()
    popup.value.wait_for_load_state()
    assert popup.value.evaluate("() => document.title")  # scripts run there
    assert popup.value.evaluate("() => self.origin") != "null"
    opened.page.locator("#same").click()
    opened.page.wait_for_url("**/aide/")
    assert opened.page.evaluate("() => self.origin") != "null"


def test_a_link_of_the_text_can_be_followed(visit: Callable[..., Visit], letter: str) -> None:
    opened = visit(letter)
    assert str(opened.page.locator("pre a").get_attribute("href")).startswith(opened.url[:16])


def test_messages_are_private_files(demo: DemoSite, kept: None) -> None:
    files: list[Path] = list((demo.log.parent / "mail").iterdir())
    assert files
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
