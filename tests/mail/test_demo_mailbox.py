"""The pages where the demonstration shows what it « sent »."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.conf import LazySettings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

import pytest

from portal.mail import demo_mailbox
from portal.mail.demo_mailbox import demo_mailbox_address

# Imported before any setting changes: the addresses are listed once.
from tests.mail import mail_urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls(mail_urls.__name__)]
NAME = "20260504T101213-000000-abcdef12"


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PORTAL_IS_DEMO = True
    settings.EMAIL_BACKEND = "portal.mail.file_backend.FileEmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def send(subject: str = "La lettre n° 1") -> str:
    """Send a letter, and give the address of its page."""
    headers = {
        "List-Unsubscribe": "<https://x.example/d/1>, <mailto:stop@x.example>",
        "Message-ID": "<1@x.example>",
    }
    message = EmailMultiAlternatives(
        subject, "Bonjour <Ana>\nhttps://x.example/c/1", "PTSM <ptsm@x.example>", ["ana@x.example"]
    )
    message.extra_headers.update(headers)
    message.attach_alternative('<h1>Été</h1><script>alert("!")</script>', "text/html")
    message.send()
    return reverse("demo_mail", args=[demo_mailbox.names()[0]])


def test_an_empty_mailbox_says_so(client: Client, folder: Path) -> None:
    response = client.get("/courriels/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Messages envoyés par la démonstration" in page
    assert "Rien n’est parti" in page
    assert "Aucun message" in page


def test_a_folder_that_does_not_exist_is_an_empty_mailbox(
    client: Client, folder: Path, settings: LazySettings
) -> None:
    settings.EMAIL_FILE_PATH = str(folder / "nowhere")
    assert "Aucun message" in client.get("/courriels/").content.decode()


def test_messages_are_listed_newest_first(client: Client, folder: Path) -> None:
    for number in range(3):
        send(f"Lettre n° {number}")
    page = client.get("/courriels/").content.decode()
    assert re.findall(r"Lettre n° \d", page) == ["Lettre n° 2", "Lettre n° 1", "Lettre n° 0"]
    assert "ana@x.example" in page


def test_a_long_list_has_pages(client: Client, folder: Path) -> None:
    messages = [EmailMessage(f"n° {i}.", "T", "a@x.example", ["b@x.example"]) for i in range(53)]
    get_connection().send_messages(messages)
    assert len(re.findall(r"n° \d+\.", client.get("/courriels/").content.decode())) == 50
    assert re.findall(r"n° \d+\.", client.get("/courriels/?page=2").content.decode()) == [
        "n° 2.",
        "n° 1.",
        "n° 0.",
    ]
    for page in ("abc", "-1", "0", "9" * 30, ""):
        assert client.get("/courriels/", {"page": page}).status_code == 200


def test_a_message_shows_its_headers_and_its_text(client: Client, folder: Path) -> None:
    page = client.get(send()).content.decode()
    assert "La lettre n° 1" in page
    assert "PTSM &lt;ptsm@x.example&gt;" in page
    assert "&lt;https://x.example/d/1&gt;, &lt;mailto:stop@x.example&gt;" in page
    assert "&lt;1@x.example&gt;" in page
    assert "Bonjour &lt;Ana&gt;" in page
    assert '<a href="https://x.example/c/1"' in page
    assert "alert" not in page


def test_the_html_of_a_message_has_its_own_page_that_runs_nothing(
    client: Client, folder: Path
) -> None:
    address = send()
    html_address = f"{address}html/"
    assert f'href="{html_address}"' in client.get(address).content.decode()
    response = client.get(html_address)
    assert "<h1>Été</h1>" in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["", "page", "html"])
def test_nothing_is_kept_nor_indexed(client: Client, folder: Path, path: str) -> None:
    address = send()
    asked = {"": "/courriels/", "page": address, "html": f"{address}html/"}[path]
    response = client.get(asked)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert client.post(asked).status_code == 405
    assert not response.cookies


class Styles(HTMLParser):
    """What the policy of our pages would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [name for name, _value in attrs if name == "style" or name[:2] == "on"]


def test_our_pages_have_no_style_of_their_own(client: Client, folder: Path) -> None:
    styles = Styles()
    for address in (send(), "/courriels/"):
        styles.feed(client.get(address).content.decode())
    assert styles.found == []


@pytest.mark.parametrize(
    "name",
    ["..", "%2e%2e%2fsecret_key", "..%2F..%2Fetc%2Fpasswd", "x", NAME, "%00", "a" * 5000],
)
def test_only_a_message_of_the_folder_is_shown(client: Client, folder: Path, name: str) -> None:
    (folder.parent / "secret_key").write_text("secret")
    (folder / "x.eml").write_text("Subject: x\n\nnot written by us")
    for end in ("", "html/"):
        response = client.get(f"/courriels/{name}/{end}")
        assert response.status_code == 404
        assert b"secret" not in response.content
    assert "not written by us" not in client.get("/courriels/").content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b'Subject: =?utf-8?b?////?=\r\nFrom: <<<@@>,;:"\r\nTo: \xff\xfe\r\n\r\nTexte',
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xc3\xa9t\xff",
        b"Content-Type: multipart/alternative\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html",
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Type: ;;;\r\nContent-Disposition: ???\r\nMessage-ID: <\r\n\r\nx",
        b"Subject: " + b"=?x?q?" * 200 + b"\r\n\r\n",
    ],
)
def test_a_damaged_file_never_breaks_the_pages(
    client: Client, folder: Path, content: bytes
) -> None:
    (folder / f"{NAME}.eml").write_bytes(content)
    assert NAME in client.get("/courriels/").content.decode()
    assert client.get(f"/courriels/{NAME}/").status_code == 200
    assert client.get(f"/courriels/{NAME}/html/").status_code in (200, 404)


@pytest.mark.parametrize(
    "changes",
    [
        {"PORTAL_IS_DEMO": False},
        {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
        {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    ],
)
def test_nobody_finds_it_where_messages_really_leave(
    client: Client, folder: Path, settings: LazySettings, changes: dict[str, object]
) -> None:
    address = send()
    for name, value in changes.items():
        setattr(settings, name, value)
    for asked in ("/courriels/", address, f"{address}html/"):
        assert client.get(asked).status_code == 404
    assert demo_mailbox_address() == ""


@pytest.mark.urls("portal.urls")
def test_the_addresses_do_not_exist_out_of_the_demonstration(client: Client, folder: Path) -> None:
    # These addresses were listed when the portal started, with the settings of the tests.
    assert demo_mailbox_address() == ""
    assert client.get("/courriels/").status_code == 404


def test_templates_know_where_it_is(folder: Path, settings: LazySettings) -> None:
    template = Template("{% demo_mailbox_address as address %}[{{ address }}]")
    assert template.render(Context()) == "[/courriels/]"
    settings.PORTAL_IS_DEMO = False
    assert template.render(Context()) == "[]"
    settings.DEBUG = True
    assert template.render(Context()) == "[/courriels/]"
