"""What holds for one page of every type, read in a real browser."""

from collections.abc import Callable

from wagtail.models import Page, get_page_models

import pytest

from portal.base.checks.conventions import own_models
from tests.browser.accessibility import axe_violations, page_faults
from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite

PAGE_TYPES = sorted(
    model.__name__
    for model in own_models()
    if issubclass(model, Page) and model in get_page_models() and model.is_creatable
)
every_page_type = pytest.mark.parametrize("page_type", PAGE_TYPES)

KILOBYTE = 1000
CSS_AT_MOST = 12 * KILOBYTE
JAVASCRIPT_AT_MOST = 4 * KILOBYTE
HOME_AT_MOST = 100 * KILOBYTE


@pytest.fixture
def path(demo: DemoSite, page_type: str) -> str:
    assert page_type in demo.addresses, f"the demonstration shows no {page_type}"
    return demo.addresses[page_type]


@every_page_type
@pytest.mark.parametrize("width", [320, 1280])
def test_everyone_can_read_it(visit: Callable[..., Visit], path: str, width: int) -> None:
    opened = visit(path, width=width)
    assert opened.status == 200
    assert axe_violations(opened.page) == []
    assert page_faults(opened.page) == []


@every_page_type
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_never_scrolls_sideways_on_a_small_phone(
    visit: Callable[..., Visit], path: str, scheme: str
) -> None:
    root = visit(path, width=320, color_scheme=scheme).page.locator("html")
    overflow = root.evaluate(
        "html => html.scrollWidth > html.clientWidth ? [...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > html.clientWidth + 1)"
        ".map(e => e.tagName + '.' + e.className).slice(0, 5) : []"
    )
    assert overflow == []


@every_page_type
def test_it_says_the_same_without_javascript(visit: Callable[..., Visit], path: str) -> None:
    texts = []
    for enabled in (True, False):
        main = visit(path, java_script_enabled=enabled).page.locator("main")
        # Buttons that only a script could answer are shown by that script: « Imprimer »…
        main.evaluate(
            "main => main.querySelectorAll('button[type=button]').forEach(b => b.remove())"
        )
        # The list says all that the map shows; with a script, another map takes its place.
        main.evaluate("main => main.querySelector('#map')?.remove()")
        texts.append(main.inner_text().split())
    assert texts[0] == texts[1]


@every_page_type
def test_it_stays_light(visit: Callable[..., Visit], path: str) -> None:
    # On a phone: a wide screen also loads the map that it has room for.
    opened = visit(path, width=360)
    assert opened.weight("stylesheet") <= CSS_AT_MOST
    assert opened.weight("script") <= JAVASCRIPT_AT_MOST


@pytest.mark.parametrize("width", [360, 1280])
def test_the_home_page_is_light_with_its_images(visit: Callable[..., Visit], width: int) -> None:
    assert visit("/", width=width).weight() <= HOME_AT_MOST


def test_everyone_can_read_the_page_that_says_nothing_is_here(
    visit: Callable[..., Visit],
) -> None:
    opened = visit("/cette-adresse-n-existe-pas/", width=320)
    assert opened.status == 404
    assert axe_violations(opened.page) == []
    assert opened.page.locator('a[href="tel:3114"]').count() > 0


def test_everyone_can_sign_in(visit: Callable[..., Visit]) -> None:
    opened = visit("/compte/login/", width=320, with_cookies=True)
    assert opened.status == 200
    assert axe_violations(opened.page) == []
