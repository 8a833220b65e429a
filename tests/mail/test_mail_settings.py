"""EMAIL_URL, and what it makes of Django's and anymail's settings."""

import re
from pathlib import Path
from typing import Any

from django.conf import LazySettings, settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

import pytest
import requests

from portal.settings.email_url import mail_settings
from tests.servers.smtp import Sink

FOLDER = Path("/var/lib/portail/mail")
PORTAL = settings.BASE_DIR / "portal"


def read(url: str, secret: str = "") -> dict[str, Any]:
    return mail_settings(url, FOLDER, secret)


def test_without_an_address_messages_stay_in_the_folder() -> None:
    found = read("")
    assert found["EMAIL_BACKEND"] == "portal.mail.file_backend.FileEmailBackend"
    assert found["EMAIL_FILE_PATH"] == str(FOLDER)
    assert found["ANYMAIL"] == {"REQUESTS_TIMEOUT": 8}


@pytest.mark.parametrize(
    ("url", "port", "secure"),
    [
        ("smtp://x.example", 25, ""),
        ("smtp+tls://x.example", 587, "EMAIL_USE_TLS"),
        ("smtps://x.example:2525", 2525, "EMAIL_USE_TLS"),
        ("smtp+ssl://x.example", 465, "EMAIL_USE_SSL"),
    ],
)
def test_a_server_has_the_port_and_the_safety_of_its_kind(url: str, port: int, secure: str) -> None:
    found = read(url)
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("x.example", port)
    assert [name for name in found if name.startswith("EMAIL_USE_")] == ([secure] if secure else [])
    assert found["EMAIL_FILE_PATH"] == str(FOLDER)
    assert found["EMAIL_TIMEOUT"] == 8


def test_an_account_and_its_password_are_decoded() -> None:
    found = read("smtp+tls://ptsm%40x.example:a%2Fb+c%25%3A@x.example")
    assert found["EMAIL_HOST_USER"] == "ptsm@x.example"
    assert found["EMAIL_HOST_PASSWORD"] == "a/b+c%:"


@pytest.mark.parametrize(
    ("url", "service", "secrets"),
    [
        ("brevo://xkeysib-12%2Bab@", "brevo", {"BREVO_API_KEY": "xkeysib-12+ab"}),
        (
            "mailjet://clé%3A1:se+cret@",
            "mailjet",
            {"MAILJET_API_KEY": "clé:1", "MAILJET_SECRET_KEY": "se+cret"},
        ),
        (
            "scaleway://s%2F1:11-22@",
            "scaleway",
            {"SCALEWAY_SECRET_KEY": "s/1", "SCALEWAY_PROJECT_ID": "11-22"},
        ),
    ],
)
def test_a_service_gets_its_secrets(url: str, service: str, secrets: dict[str, str]) -> None:
    found = read(url, "portail:secret")
    assert found["EMAIL_BACKEND"] == f"anymail.backends.{service}.EmailBackend"
    assert found["ANYMAIL"].items() >= secrets.items()
    assert found["ANYMAIL"]["WEBHOOK_SECRET"] == "portail:secret"


@pytest.mark.parametrize("url", ["brevo://k@", "mailjet://k:s@", "scaleway://s:p@"])
def test_anymail_starts_with_these_settings_and_follows_nobody(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    for name, value in read(url).items():
        setattr(settings, name, value)
    asked: list[dict[str, Any]] = []

    def refuse(_session: requests.Session, **request: Any) -> None:
        asked.append(request)
        raise requests.ConnectionError("no network in tests")

    monkeypatch.setattr(requests.Session, "request", refuse)
    message = EmailMessage("Objet", "Texte", "ptsm@x.example", ["ana@x.example"])
    with pytest.raises(requests.ConnectionError):
        get_connection().send_messages([message])
    assert asked[0]["timeout"] == 8
    assert ('"TrackOpens": "disabled"' in str(asked[0]["data"])) == url.startswith("mailjet")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("smtp://", "serveur"),
        ("smtp+tls://compte:s3cret/x@x.example:587", "%2F"),
        ("smtp+tls://compte:s3cret#x@x.example:587", "codée"),
        ("smtp+tls://compte:s3cret?x@x.example:587", "codée"),
        ("smtp+tls://compte:s3cret@x.example:porte", "codée"),
        ("smtp+tls://compte:s3cret[@x.example", "crochets"),
        ("brevo://s3cret", "arobase"),
        ("brevo://", "API_KEY"),
        ("brevo://s3cret:autre@", "API_KEY"),
        ("brevo://s3c/ret@", "%2F"),
        ("mailjet://s3cret@", "API_KEY:SECRET_KEY"),
        ("mailjet://s3cret:autre@x.example", "arobase"),
        ("scaleway://s3cret:autre@/fr-par", "arobase"),
        ("gmail://compte:s3cret@", "brevo://"),
        ("compte:s3cret", "smtp+tls://"),
        ("s3cret", "smtp+tls://"),
    ],
)
def test_what_it_cannot_read_is_refused_without_repeating_a_secret(url: str, says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says.replace("+", r"\+")) as refused:
        read(url)
    assert "s3c" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("kind", ["consolemail", "memorymail", "dummymail", "filemail"])
def test_what_developers_use_still_works(kind: str) -> None:
    assert read(f"{kind}:")["EMAIL_BACKEND"].startswith("django.core.mail.backends.")


def test_the_address_of_a_server_carries_a_message(settings: LazySettings) -> None:
    with Sink() as sink:
        for name, value in read(sink.url).items():
            setattr(settings, name, value)
        EmailMessage("Objet", "Texte", "ptsm@x.example", ["ana@x.example"]).send()
    assert sink.recipients == ["ana@x.example"]


@pytest.mark.parametrize("name", ["docs/mail.md", "deploy/production.env.example"])
def test_every_address_of_the_documentation_is_read(name: str) -> None:
    urls = re.findall(r"^#?EMAIL_URL=(.+)$", (PORTAL / name).read_text(), re.M)
    kinds = {
        read(url)["EMAIL_BACKEND"].removesuffix(".EmailBackend").rpartition(".")[2] for url in urls
    }
    assert kinds == {"smtp", "brevo", "mailjet", "scaleway"}
