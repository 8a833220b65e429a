"""What PORTAL_BOUNCE_URL may say."""

from django.core.exceptions import ImproperlyConfigured
from django.views.debug import SafeExceptionReporterFilter

import pytest

from portal.settings.mailbox import mailbox_settings

URL = "imaps://retours%40ptsm.example:s%2Fe%3Acret+%C3%A9@imap.ptsm.example/INBOX"


def test_an_address_gives_the_server_the_account_and_the_folder() -> None:
    assert mailbox_settings(URL) == {
        "HOST": "imap.ptsm.example",
        "PORT": 993,
        "USER": "retours@ptsm.example",
        "PASSWORD": "s/e:cret+é",
        "FOLDER": "INBOX",
        "USE_TLS": True,
    }


def test_the_port_and_the_folder_may_be_named_or_not() -> None:
    assert mailbox_settings("imaps://a:b@x.example")["FOLDER"] == "INBOX"
    read = mailbox_settings("imaps://a:b@x.example:1993/Retours/Lettre%20du%20PTSM")
    assert (read["PORT"], read["FOLDER"]) == (1993, "Retours/Lettre du PTSM")


def test_without_an_address_there_is_no_mailbox() -> None:
    assert mailbox_settings("") == {}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2", "[::1]"])
def test_a_server_on_this_machine_needs_no_encryption(host: str) -> None:
    read = mailbox_settings(f"imap://a:b@{host}/INBOX")
    assert (read["PORT"], read["USE_TLS"]) == (143, False)


@pytest.mark.parametrize("host", ["imap.ptsm.example", "192.0.2.1", "localhost.x.example"])
def test_a_password_never_travels_in_clear(host: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="imaps://"):
        mailbox_settings(f"imap://a:tressecret@{host}/INBOX")


@pytest.mark.parametrize(
    "url",
    [
        "tressecret",
        "pop3://a:tressecret@x.example",
        "imaps://x.example/INBOX",
        "imaps://a@x.example/INBOX",
        "imaps://:tressecret@x.example/INBOX",
        "imaps://a:tressecret@/INBOX",
        "imaps://a:tressecret@x.example:port/INBOX",
        "imaps://a:tressecret@x.example:99999/INBOX",
        "imaps://a:tres/secret@x.example/INBOX",
        "imaps://a:tres[secret@x.example/INBOX",
        "imaps://a:tressecret@x.example/Reçus",
        "imaps://a:tressecret@x.example/A%22%0D%0AB",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORTAL_BOUNCE_URL") as refused:
        mailbox_settings(url)
    assert "secret" not in str(refused.value)


def test_reports_of_errors_do_not_show_the_password() -> None:
    shown = SafeExceptionReporterFilter().cleanse_setting(
        "PORTAL_BOUNCE_MAILBOX", mailbox_settings(URL)
    )
    assert "cret" not in str(shown["PASSWORD"])
