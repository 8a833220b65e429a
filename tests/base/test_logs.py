"""No log line tells who reads the letter."""

import logging
import logging.config
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.conf import LazySettings
from django.urls import URLResolver, get_resolver
from django.utils import log

import pytest

from portal.base.log_formatters import mask_personal_data

KEY = "ZXhlbXBsZQ:1uQabc:dGhpc2lzYXNpZ25hdHVyZQ"


@pytest.fixture
def console(settings: LazySettings) -> StringIO:
    """What the console is told, formatted as the settings say."""
    said = StringIO()
    line = settings.LOGGING["formatters"]["line"]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": line},
            "handlers": {
                "said": {"class": "logging.StreamHandler", "stream": said, "formatter": "line"}
            },
            "loggers": {"essai": {"handlers": ["said"], "level": "INFO"}},
        }
    )
    return said


def test_the_console_of_the_settings_is_discreet(settings: LazySettings) -> None:
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"


@pytest.mark.parametrize("door", ["confirmer", "preferences", "desinscription"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "/"),
        ("https://exemple.fr", "/?a=1"),
        ("/en", "/merci/"),
        ('"GET ', '/ HTTP/1.1" 404'),
    ],
)
def test_what_opens_a_letter_is_masked_wherever_it_stands(
    door: str, before: str, after: str
) -> None:
    address = f"{before}/lettre/{door}/{{}}{after}"
    assert mask_personal_data(address.format(KEY)) == address.format("…")


#: What an address may hold that everybody may know.
PUBLIC_NAMES = {"slug", "uuid", "pk", "service", "path", "identifier", "rest", "section"}


def addresses_with_text() -> list[tuple[str, str]]:
    """Each address of the portal that holds a text, with ``KEY`` in its place; its name first."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str]]:
        for one in patterns:
            address = before + str(one.pattern).lstrip("^").rstrip("$")
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, address)
                continue
            names = re.findall(r"<(?:str|slug|path):(\w+)>|\(\?P<(\w+)>", address)
            for name in {"".join(found) for found in names} - PUBLIC_NAMES:
                yield name, re.sub(r"<[^>]*>|\(\?P<[^>]*>[^)]*\)", KEY, address).replace("\\", "")

    found = walk(get_resolver().url_patterns, "/")
    # Nothing of the editor is opened by what its address says: it asks who is there.
    return [(name, address) for name, address in found if not address.startswith("/admin/")]


def test_every_address_that_holds_a_secret_is_masked() -> None:
    addresses = addresses_with_text()
    shown = [(name, one) for name, one in addresses if KEY in mask_personal_data(f"GET {one} 404")]
    assert shown == []
    names = {name for name, _address in addresses}
    assert {"key", "uidb36"} <= names
    assert len(addresses) >= 9


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/recherche/?q=je+veux+mourir&ou=Arles&page=2", "/recherche/?q=…&ou=…&page=2"),
        ("https://x.fr/annuaire/?lat=43.29&lon=5.37", "https://x.fr/annuaire/?lat=…&lon=…"),
        ("/recherche/suggestions?q=suicid", "/recherche/suggestions?q=…"),
        ("/en/search/?ou=13200&amp;q=CMP", "/en/search/?ou=…&amp;q=…"),
        ("/compte/login/?next=%2Frecherche%2F%3Fq%3Daide", "/compte/login/?next=…"),
        ('"GET /recherche/?q=%C3%A0%20bout HTTP/1.1" 500', '"GET /recherche/?q=… HTTP/1.1" 500'),
        ("/lettre/?email=a%40b.fr", "/lettre/?email=…"),
        ("/annuaire/?type=cmp&type=cmp&page=10", "/annuaire/?type=…&type=…&page=10"),
    ],
)
def test_what_somebody_asks_is_in_no_line(asked: str, said: str) -> None:
    assert mask_personal_data(asked) == said


def test_no_handler_of_django_s_own_writes_or_mails_a_line(settings: LazySettings) -> None:
    """Its mails hold the whole request, its server prints addresses as they are."""
    logging.config.dictConfig(log.DEFAULT_LOGGING)
    try:
        logging.config.dictConfig(settings.LOGGING)
        for name in ("django", "django.request", "django.security", "django.server"):
            logger = logging.getLogger(name)
            assert logger.handlers == []
            assert logger.propagate
    finally:
        logging.config.dictConfig(settings.LOGGING)
    assert settings.ADMINS == settings.MANAGERS == []


@pytest.mark.parametrize(
    "address",
    ["camille@exemple.fr", "Camille.D+ptsm@sous.exemple.fr", "hélène@santé.example", "a_b%c@x.org"],
)
def test_an_e_mail_address_is_masked(address: str) -> None:
    assert mask_personal_data(f"Refused: <{address}>, later") == "Refused: <…>, later"


@pytest.mark.parametrize(
    "text",
    ["/lettre/12/inscription/", "/lettre/flux.xml", "17 h @ la mairie", "Job x failed.", "a@b"],
)
def test_the_rest_is_left_as_it_is(text: str) -> None:
    assert mask_personal_data(text) == text


def test_arguments_and_tracebacks_are_masked_too(console: StringIO) -> None:
    logger = logging.getLogger("essai")
    logger.warning("Not Found: %s", f"/lettre/confirmer/{KEY}/")
    try:
        raise ValueError("camille@exemple.fr does not exist")
    except ValueError:
        logger.exception("Message refused for %(who)s", {"who": "camille@exemple.fr"})
    assert KEY not in console.getvalue()
    assert "camille" not in console.getvalue()
    assert "Not Found: /lettre/confirmer/…/" in console.getvalue()
    assert "ValueError: … does not exist" in console.getvalue()


def test_a_very_long_line_is_masked_at_once() -> None:
    assert mask_personal_data("a." * 500_000) == "a." * 500_000
