"""No log line tells who reads the letter."""

import logging
import logging.config
from io import StringIO

from django.conf import LazySettings

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
