"""From the message to « vérifiée aujourd’hui »: two presses, no mouse, with or without scripts."""

import secrets
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_violations
from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite
from tests.browser.test_subscription import open_message

MOST_TABS = 60

# The worker sends it; the entry is given an address of its own, and becomes a real one.
ASK = """
from django.utils import timezone
from resources.models import ResourcePage
from resources.verification.reminders import create_request
from resources.verification.messages import send_message
entry = ResourcePage.objects.live().filter(locale__language_code="fr")[{rank}]
ResourcePage.objects.filter(pk=entry.pk).update(
    email="{address}", is_example=False, verified_on=None, verified_by_role=""
)
entry.refresh_from_db()
send_message("{address}", [create_request(entry, None, timezone.now())], is_reminder=False)
print(entry.url)
"""


class Hands:
    """Somebody without a mouse; counts what they press to act."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, name: str) -> None:
        """Reach a link or a button with the Tab key, then press it."""
        for _turn in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            reached = self.page.locator(":focus")
            if reached.count() and name in reached.inner_text():
                break
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.presses += 1


def is_fine(opened: Visit, with_scripts: bool) -> None:
    root = opened.page.locator("html")
    assert root.evaluate("html => html.scrollWidth <= html.clientWidth")
    if with_scripts:
        assert axe_violations(opened.page) == []


@pytest.mark.parametrize(
    ("rank", "width", "scheme", "with_scripts"),
    [(0, 1280, "light", True), (1, 320, "dark", False)],
)
def test_an_entry_is_confirmed_from_the_mail_in_two_presses(
    visit: Callable[..., Visit],
    demo: DemoSite,
    rank: int,
    width: int,
    scheme: str,
    with_scripts: bool,
) -> None:
    address = f"accueil-{secrets.token_hex(4)}@structure.example"
    public = demo.run(ASK.format(rank=rank, address=address)).strip()
    opened = visit("/courriels/", width, color_scheme=scheme, java_script_enabled=with_scripts)
    page = opened.page
    open_message(page, address)
    page.goto(f"{page.url}html/")
    is_fine(opened, with_scripts=False)

    hands, begun = Hands(page), time.monotonic()
    hands.press("Tout est juste")
    expect(page.get_by_role("heading", level=1)).to_contain_text("est-ce toujours juste ?")
    is_fine(opened, with_scripts)
    hands.press("Tout est juste")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est fait")
    took = time.monotonic() - begun
    is_fine(opened, with_scripts)
    print(f"Confirmed in {hands.presses} presses and {took:.1f} s.")  # noqa: T201
    assert hands.presses == 2
    # A message is shown where nothing runs, and the browser says so: here it must.
    opened.complaints = [words for words in opened.complaints if "/courriels/" not in words]

    page.goto(demo.url + public)
    expect(page.locator("#erreur")).to_contain_text("par la structure")


def test_corrections_are_sent_from_the_mail(visit: Callable[..., Visit], demo: DemoSite) -> None:
    address = f"accueil-{secrets.token_hex(4)}@structure.example"
    public = demo.run(ASK.format(rank=2, address=address)).strip()
    opened = visit("/courriels/", 320, java_script_enabled=False)
    page = opened.page
    open_message(page, address)
    page.goto(f"{page.url}html/")
    Hands(page).press("Corriger")
    is_fine(opened, with_scripts=False)
    # The demonstration may be kept from one run to the next: what waits already is no change.
    note = f"Fermé le mercredi, {secrets.token_hex(3)}"
    page.get_by_label("précision sur les horaires").fill(note)
    with page.expect_navigation():
        page.get_by_role("button", name="Envoyer mes corrections").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est fait")
    page.goto(demo.url + public)
    expect(page.locator("main")).not_to_contain_text(note)
