"""The files of ``portal/deploy/nginx``, read by a real nginx."""

import os
import re
from collections.abc import Iterator
from http.client import HTTPSConnection
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

import pytest

from portal.base.log_formatters import mask_personal_data
from portal.files.static_storage import PortalStaticFilesStorage
from tests.deploy.conftest import Portal
from tests.deploy.nginx import HOST, Answer, Nginx

NUMBERS = ("tel:3114", "tel:15", "tel:112", "sms:114")
#: Names of the parts of addresses that nobody else may know.
SECRET_PARTS = {"key", "token", "uidb36", "uidb64"}


@pytest.fixture
def narrow_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def error_pages(nginx: Nginx, settings: Any, narrow_umask: None) -> None:
    """What ``manage.py write_error_pages`` writes, under the narrowest umask."""
    settings.STATIC_ROOT = nginx.var_dir / "static"
    (nginx.var_dir / "static").mkdir(mode=0o755)
    (nginx.var_dir / "static").chmod(0o755)
    call_command("write_error_pages", stdout=StringIO())


def is_a_help_page(text: str) -> bool:
    scripts = re.findall(r"<script", text)
    elsewhere = re.findall(r'(?:src|href)="(?:https?:)?//', text)
    return (
        all(f'href="{number}"' in text for number in NUMBERS)
        and '<html lang="fr"' in text
        and not scripts
        and not elsewhere
        and len(text.encode()) < 15_000
    )


def test_a_portal_that_is_stopped_still_gives_the_numbers(nginx: Nginx, error_pages: None) -> None:
    for path in ("/", "/annuaire/?q=triste", "/admin/"):
        answer = nginx.get(path)
        assert answer.status == 503
        assert is_a_help_page(answer.text)
        assert "Le portail revient bientôt" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "words"),
    [
        ("GET", "/static/nulle-part.css", {}, 404, "n’existe pas, ou plus"),
        ("GET", "/static/", {}, 404, "n’existe pas, ou plus"),
        ("GET", "/media/original_images/a.jpg", {}, 404, "n’existe pas, ou plus"),
        ("GET", "/media/documents/a.pdf", {}, 404, "n’existe pas, ou plus"),
        ("GET", "/errors/503.html", {}, 404, "n’existe pas, ou plus"),
        ("POST", "/admin/images/add/", {"Content-Length": "20000000"}, 413, "trop lourd"),
        ("GET", "/%", {}, 400, "n’est pas lisible"),
        ("GET", "/", {"X-Long": "x" * 40_000}, 494, "n’est pas lisible"),
        ("POST", "/static/a.css", {}, 405, "n’est pas lisible"),
    ],
)
def test_what_nginx_refuses_by_itself_is_said_as_the_portal_would(
    nginx: Nginx,
    error_pages: None,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
    words: str,
) -> None:
    FileSystemStorage(location=nginx.var_dir / "static").save("a.css", ContentFile(b"b {}"))
    answer = nginx.get(path, method, **headers)
    assert answer.status == (400 if status == 494 else status)
    assert words in answer.text
    assert is_a_help_page(answer.text)
    assert "nginx/" not in answer.headers["Server"]


def test_two_hundred_half_sent_forms_occupy_nginx_only(
    nginx: Nginx, portal: Portal, error_pages: None
) -> None:
    held: list[HTTPSConnection] = []
    try:
        for _ in range(200):
            connection = nginx.connect()
            connection.putrequest("POST", "/contact/", skip_host=True)
            connection.putheader("Host", HOST)
            connection.putheader("Content-Length", "1000")
            connection.endheaders(b"message=")
            held.append(connection)
        elsewhere = nginx.connect(source="127.0.0.2")
        elsewhere.request("GET", "/", headers={"Host": HOST})
        assert Answer(elsewhere.getresponse()).text == "answer 1 to 127.0.0.2"
        elsewhere.close()
        refused = nginx.get("/")
        assert refused.status == 429
        assert "Trop de demandes" in refused.text
        assert is_a_help_page(refused.text)
        assert portal.seen == ["/"]
    finally:
        for connection in held:
            connection.close()


@pytest.mark.parametrize("path", ["images/2026/a.png", "pdf/annuaire.pdf"])
def test_what_was_uploaded_is_served_whatever_the_umask(
    nginx: Nginx, settings: Any, narrow_umask: None, path: str
) -> None:
    storage = FileSystemStorage(location=nginx.var_dir / "media")
    storage.save(path, ContentFile(b"image"))
    answer = nginx.get(f"/media/{path}")
    assert (answer.status, answer.text) == (200, "image")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_served_whatever_the_umask(nginx: Nginx, narrow_umask: None) -> None:
    storage = PortalStaticFilesStorage(location=nginx.var_dir / "static")
    storage.save("portal/a.css", ContentFile(b"b { color: red }\n" * 200))
    paths = {"portal/a.css": (storage, "portal/a.css")}
    assert not [one for *_, one in storage.post_process(paths) if isinstance(one, Exception)]
    name = storage.stored_name("portal/a.css")
    answer = nginx.get(f"/static/{name}", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def cached(nginx: Nginx) -> str:
    """All that nginx keeps on the disk."""
    kept = [path for path in nginx.cache_dir.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("latin-1") for path in kept)


def test_a_page_is_kept_for_others_and_shown_when_the_portal_falls(
    nginx: Nginx, portal: Portal, error_pages: None
) -> None:
    assert nginx.get("/aide/").text == "answer 1 to 127.0.0.1"
    assert nginx.get("/aide/").text == "answer 1 to 127.0.0.1"
    assert portal.seen == ["/aide/"]


def test_what_the_portal_does_not_let_be_kept_is_asked_for_each_time(
    nginx: Nginx, portal: Portal
) -> None:
    for _ in range(2):
        assert nginx.get("/contact/").status == 200
    assert portal.seen == ["/contact/", "/contact/"]
    assert cached(nginx) == ""


def test_all_browsers_share_one_copy(nginx: Nginx, portal: Portal) -> None:
    for encoding in ("gzip, deflate, br, zstd", "gzip;q=1.0", "br", ""):
        nginx.get("/aide/", **{"Accept-Encoding": encoding, "Accept-Language": encoding})
    assert portal.seen == ["/aide/"]


@pytest.mark.parametrize(
    ("path", "cookie"),
    [
        ("/annuaire/?q=envie+de+mourir", ""),
        ("/annuaire/?ou=Aubagne", ""),
        ("/annuaire/?lat=43.29&lon=5.37", ""),
        ("/api/recherche?q=triste", ""),
        ("/verifier/s3cret-key/", ""),
        ("/lettre/desinscription/s3cret-key/", ""),
        ("/compte/password/reset/key/4-s3cret-key/", ""),
        ("/aide/", "__Host-sessionid=a"),
        ("/connexion/", ""),
    ],
)
def test_a_question_a_key_and_a_person_never_reach_the_disk(
    nginx: Nginx, portal: Portal, path: str, cookie: str
) -> None:
    for _ in range(2):
        assert nginx.get(path, **({"Cookie": cookie} if cookie else {})).status == 200
    assert portal.seen == [path, path]
    assert cached(nginx) == ""
    log = nginx.log()
    for word in ("mourir", "Aubagne", "43.29", "triste", "s3cret", "127.0.0.1"):
        assert word not in log
    assert " GET /" in log


def secret_addresses() -> Iterator[str]:
    """An address for each route that has a key, with « s3cret » in its place."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from walk(each, before + str(each.pattern))
            elif isinstance(each, URLPattern):
                whole = before + str(each.pattern)
                yield from filled(whole)

    def filled(route: str) -> Iterator[str]:
        names = set(re.findall(r"<(?:\w+:)?(\w+)>", route))
        if not names & SECRET_PARTS:
            return
        route = (
            re.sub(r"<(?:\w+:)?\w+>(?=[/-]|$)", "s3cret", route) if "(?P" not in route else route
        )
        if "(?P" in route:
            (template, arguments), *_others = normalize(route.replace("^", "").rstrip("$"))
            route = template % dict.fromkeys(arguments, "s3cret")
        yield f"/{route}"

    yield from walk(get_resolver(), "")


ADDRESSES = sorted(set(secret_addresses()))


def test_every_address_with_a_key_is_known() -> None:
    assert {"/verifier/s3cret/", "/compte/password/reset/key/s3cret-s3cret/"} <= set(ADDRESSES)
    assert "/admin/password_reset/confirm/s3cret/s3cret/" in ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_portal_logs_no_key(address: str) -> None:
    assert "s3cret" not in mask_personal_data(f'"GET {address} HTTP/1.1" 404').replace(
        "confirm/s3cret/", ""
    )


def test_nginx_logs_no_key(nginx: Nginx, portal: Portal) -> None:
    for address in ADDRESSES:
        nginx.get(address)
    assert portal.seen == ADDRESSES
    assert "s3cret" not in nginx.log().replace("confirm/s3cret/", "")
    assert Path(nginx.cache_dir).exists()
    assert cached(nginx) == ""
