"""Every number is printed by ``portal.text.phone``: in one piece, and never reversed."""

import re

from django.conf import settings
from django.template.loader import render_to_string

import pytest
from bs4 import BeautifulSoup

from portal.text.phone import link_text, phone_href, phone_number
from tests.base.test_components import NAMES, render, sample

TEMPLATES = settings.BASE_DIR / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".mjml"))
# What an address that calls, or writes to, a number is made of in a template.
CALLING = r"(?:tel:|sms:|phone_href|\.scheme|(?:suicide|medical|help|called|closed|sign)\.url)"
LINK = re.compile(rf'<a\b[^>]*href="[^"]*{CALLING}[^"]*".*?</a>', re.DOTALL)
INCLUDE = re.compile(rf'{{% include "components/([a-z-]+)\.html"[^%]*\burl=[^ ]*{CALLING}')
# Components that print what an address calls as a number.
PRINTERS = {"button", "facts", "help-number", "more-link"}
PRINTED = re.compile(r"\|(?:phone_number|link_text)\b")
CALLS = 'a[href^="tel:"], a[href^="sms:"]'


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("04 91 38 54 60", "tel:+33491385460"),
        ("3114", "tel:3114"),
        ("0 800 23 13 13", "tel:0800231313"),
    ],
)
def test_a_number_is_called_at_its_address(number: str, address: str) -> None:
    assert phone_href(number) == address


def test_a_number_stays_whole_and_in_order() -> None:
    assert phone_number("<04>") == '<bdi class="phone-number" dir="ltr">&lt;04&gt;</bdi>'


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("04 91 38 54 60", "tel:+33491385460", phone_number("04 91 38 54 60")),
        (
            "Appelez l'équipe au 3114",
            "tel:3114",
            f"Appelez l&#x27;équipe au {phone_number('3114')}",
        ),
        ("Nous écrire", "mailto:a@b.example", "Nous écrire"),
        ("3 lieux", "/annuaire/", "3 lieux"),
    ],
)
def test_a_link_that_calls_marks_its_number(text: str, address: str, shown: str) -> None:
    assert link_text(text, address) == shown


def test_no_template_prints_a_number_in_its_own_way() -> None:
    found: dict[str, list[str]] = {}
    for path in FILES:
        source = path.read_text()
        bare = [link for link in LINK.findall(source) if not PRINTED.search(link)]
        bare += set(INCLUDE.findall(source)) - PRINTERS
        if bare:
            found[path.relative_to(TEMPLATES).as_posix()] = bare
    assert found == {}


def test_a_number_that_a_component_or_an_error_page_calls_is_whole() -> None:
    pages = [render(name, sample(name)) for name in NAMES]
    pages += [render_to_string(f"{code}.html") for code in (400, 403, 404, 429, 500, 503)]
    links = [link for page in pages for link in BeautifulSoup(page, "html.parser").select(CALLS)]
    assert links
    assert [str(link) for link in links if not link.select("bdi.phone-number")] == []
