"""From the form to the departure, as somebody does it: form, message, button, choices, exit."""

import re
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite

READING_TIME = 3500  # milliseconds: the form takes a person more than three seconds
TURNS_OF_THE_WORKER = 60

Open = Callable[..., Visit]


@pytest.fixture
def letter(demo: DemoSite) -> str:
    return demo.addresses["LetterIndexPage"]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize(
    ("width", "scheme", "with_scripts"), [(1280, "light", True), (320, "dark", False)]
)
def test_somebody_asks_confirms_chooses_and_leaves(
    visit: Open, letter: str, demo: DemoSite, width: int, scheme: str, with_scripts: bool
) -> None:
    opened = visit(letter, width=width, color_scheme=scheme, java_script_enabled=with_scripts)
    page = opened.page
    address = f"camille-{secrets.token_hex(4)}@exemple.example"
    page.get_by_label("Votre adresse e-mail").fill(address)
    page.get_by_label("Proches et familles").check()
    page.get_by_label("J’accepte de recevoir la lettre").check()
    page.wait_for_timeout(READING_TIME)
    press(page, "M’inscrire")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ouvrez votre boîte e-mail")
    is_fine(opened, with_scripts)

    page.get_by_role("link", name="Lire le message ici").click()
    open_message(page, address)
    way_out = urlsplit(re.search(r"https?://\S+/lettre/desinscription/[\w-]+/", text_of(page))[0])
    with page.expect_navigation():
        page.locator("pre a[href*='/lettre/confirmer/']").click()
    is_fine(opened, with_scripts)
    press(page, "Confirmer mon inscription")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est confirmé, merci")
    is_fine(opened, with_scripts)

    page.goto(demo.url + way_out.path)
    is_fine(opened, with_scripts)
    page.get_by_role("link", name="Plutôt choisir ce que je reçois").click()
    expect(page.get_by_label("Proches et familles")).to_be_checked()
    page.get_by_label("Agenda").check()
    press(page, "Enregistrer mes choix")
    expect(page.get_by_role("status")).to_contain_text("C’est enregistré")
    expect(page.get_by_label("Agenda")).to_be_checked()
    is_fine(opened, with_scripts)
    press(page, "Me désinscrire")
    expect(page.get_by_role("heading", level=1)).to_contain_text("désinscription confirmée")
    is_fine(opened, with_scripts)


def open_message(page: Page, address: str) -> None:
    """Open the newest message to this address, once the worker has sent it."""
    line = page.locator("main li").filter(has_text=address)
    for _turn in range(TURNS_OF_THE_WORKER):
        if line.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    with page.expect_navigation():
        line.get_by_role("link").first.click()


def text_of(page: Page) -> str:
    return page.locator("main").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mistakes_of_the_server_are_read_first_and_mended_in_one_press(
    visit: Open, letter: str, width: int, scheme: str
) -> None:
    opened = visit(letter, width=width, color_scheme=scheme)
    page = opened.page
    page.get_by_label("Votre adresse e-mail").fill("camille.exemple")
    with page.expect_navigation():
        # As a browser without the script would: the script stops this before it leaves.
        page.locator("#inscription").evaluate("form => form.submit()")
    # The browser complains of any answer that says no: here it must.
    opened.complaints = [words for words in opened.complaints if "422" not in words]
    expect(page.get_by_role("alert")).to_be_focused()
    is_fine(opened, with_scripts=True)
    page.get_by_label("Votre adresse e-mail").fill("camille@exemple.example")
    consent = page.get_by_label("J’accepte de recevoir la lettre")
    consent.check()  # the message above it has just gone: the press must still reach the box
    expect(consent).to_be_checked()
    expect(page.locator("#inscription .invalid")).to_have_count(0)


def test_what_is_missing_is_said_before_the_form_leaves(visit: Open, letter: str) -> None:
    page = visit(letter).page
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.locator("#id_email_error")).to_have_text("Écrivez une adresse e-mail.")
    expect(page.locator("#id_consent_error")).to_contain_text("Cochez cette case")
    expect(page.get_by_label("Votre adresse e-mail")).to_be_focused()


def is_fine(opened: Visit, with_scripts: bool) -> None:
    overflow = opened.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not overflow
    if with_scripts:
        assert axe_violations(opened.page) == []
