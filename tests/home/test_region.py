"""« Chercher dans la région »: one question to several portals, whatever some of them do."""

import gzip
import json
import logging
import time
from collections.abc import Iterator

from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

import pytest

from home import portal_addresses as addresses
from home.models import HomePage, RegionalPortal
from home.portal_addresses import BadPortalAddress, is_public, portal_origin, public_address
from home.region import asking
from tests.factories.home import StandardPageFactory, make_home
from tests.rate_limits import SetLimit
from tests.servers.portals import HUNG, PortalServer, portal_server, whole_answer

ADDRESS = "/chercher-dans-la-region/"


@pytest.fixture
def portals(db: None, settings: LazySettings) -> Iterator[PortalServer]:
    make_home()
    asking._resting.clear()
    with portal_server(3) as server:
        settings.PORTAL_REGION_ORIGINS = server.origins
        for number, origin in enumerate(server.origins, 1):
            RegionalPortal.objects.create(
                department=f"Département {number}", name=f"Portail {number}", address=origin
            )
        yield server


def ask(client: Client, question: str) -> str:
    response = client.get(ADDRESS, {"q": question})
    assert response.status_code == 200
    return response.content.decode()


def test_without_any_portal_there_is_no_such_page(db: None, client: Client) -> None:
    make_home()
    assert client.get(ADDRESS).status_code == 404


def test_answers_are_grouped_by_department_and_lead_to_the_portal_s_own_page(
    portals: PortalServer, client: Client
) -> None:
    said = ask(client, "gem")
    places = [said.index(f">Département {number}</h2>") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert f'<a href="{portals.origins[1]}/annuaire/fiche-0/">Gem 1 du 02</a>' in said
    assert sorted(portals.asked) == sorted(f"{one}/api/recherche" for one in portals.origins)


def test_a_portal_that_finds_nothing_is_said(portals: PortalServer, client: Client) -> None:
    said = ask(client, "zzz")
    assert "Aucun de ces portails n’a trouvé de réponse" in said
    assert "Rien trouvé dans ces départements" in said


@pytest.mark.parametrize(
    "fault",
    [
        HUNG,
        b"not http at all\r\n\r\n",
        whole_answer(b"oops", "500 Internal Server Error"),
        whole_answer(b"", "302 Found", "Location: http://127.0.0.1:22/\r\n"),
        whole_answer(b'{"hits": 3}'),
        whole_answer("<!doctype html><title>Bientôt</title>".encode()),
        whole_answer(b'{"hits": [{"title": "\xff"}]}'),
        whole_answer(b'{"hits": [], "total": ' + b"9" * 5000 + b"}"),
        whole_answer(gzip.compress(b" " * 50_000_000), more="Content-Encoding: gzip\r\n"),
        whole_answer(b"not gzip", more="Content-Encoding: gzip\r\n"),
        whole_answer(b"[" * 100_000),
        whole_answer(b'{"hits": [], "total": 0, "more": "' + b"a" * 600_000 + b'"}'),
    ],
    ids=[
        "hung",
        "no http",
        "500",
        "redirect",
        "another shape",
        "html",
        "no utf-8",
        "no number",
        "unpacks to much",
        "no gzip",
        "nested",
        "too long",
    ],
)
def test_a_portal_that_fails_is_a_sentence_and_the_others_answer(
    portals: PortalServer, client: Client, monkeypatch: pytest.MonkeyPatch, fault: bytes | str
) -> None:
    monkeypatch.setattr(asking, "TOTAL_SECONDS", 1.0 if fault == HUNG else 20.0)
    portals.faults[portals.origins[0]] = fault
    said = ask(client, "gem")
    assert "Ces portails ne répondent pas pour l’instant" in said
    assert ">Département 1</h2>" not in said
    assert ">Département 2</h2>" in said


def test_nothing_is_said_of_what_was_found_when_no_portal_answers(
    portals: PortalServer, client: Client
) -> None:
    for origin in portals.origins:
        portals.faults[origin] = b"not http at all\r\n\r\n"
    said = ask(client, "gem")
    assert "Ces portails ne répondent pas pour l’instant" in said
    assert "Aucun de ces portails n’a trouvé de réponse" not in said


def test_a_portal_that_failed_is_left_alone_for_a_while(
    portals: PortalServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = portals.origins[0]
    portals.faults[bad] = whole_answer(b"", "503 Service Unavailable")
    ask(client, "gem")
    ask(client, "gem")
    assert portals.asked.count(f"{bad}/api/recherche") == 1
    monkeypatch.setitem(asking._resting, bad, time.monotonic() - 1)
    del portals.faults[bad]
    assert ">Département 1</h2>" in ask(client, "gem")


@pytest.mark.parametrize("total", ["beaucoup", -1, None, True, 10**12])
def test_only_pages_of_that_portal_are_linked_and_all_is_text(
    portals: PortalServer, client: Client, total: object
) -> None:
    origin = portals.origins[0]
    hits = [
        {"title": "Ailleurs", "url": "https://evil.example/"},
        {"title": "Script", "url": "javascript:alert(1)"},
        {"title": "Voisin", "url": f"{origin}.evil.example/"},
        {"title": "<script>alert(1)</script>", "url": f"{origin}/ici/", "serves": [1]},
        {"title": 3, "url": f"{origin}/"},
        {"title": " \u200b ", "url": f"{origin}/vide/"},
        {"title": "Adresse coupée", "url": f"{origin}/\ud800/"},
        "hit",
    ]
    body = json.dumps({"hits": hits, "total": total}).encode()
    portals.faults[origin] = whole_answer(body)
    said = ask(client, "gem")
    assert "evil" not in said
    assert "javascript:" not in said
    assert f'<a href="{origin}/ici/">&lt;script&gt;' in said
    assert "/vide/" not in said
    assert "coupée" not in said
    assert "1 réponse en tout" in said


def test_signs_that_no_page_may_hold_are_left_out(portals: PortalServer, client: Client) -> None:
    origin = portals.origins[0]
    hit = {
        "title": "Maison \ud800\x00des\n\u202eados",
        "url": f"{origin}/ici/",
        "serves": {"sentence": "Reçoit\udfff la commune"},
    }
    portals.faults[origin] = whole_answer(json.dumps({"hits": [hit], "total": 1}).encode())
    said = ask(client, "gem")
    assert ">Maison des ados</a>" in said
    assert "<p>Reçoit la commune</p>" in said


@pytest.mark.parametrize("named_by", ["its settings", "the visitor"])
def test_a_portal_that_lists_itself_answers_without_asking_itself(
    portals: PortalServer, client: Client, settings: LazySettings, named_by: str
) -> None:
    own = "https://nous.example.org"
    if named_by == "its settings":
        settings.WAGTAILADMIN_BASE_URL = own
    else:
        own = "https://testserver"
    RegionalPortal.objects.create(department="Chez nous", name="Le nôtre", address=own)
    StandardPageFactory(parent=HomePage.objects.get(), title="Le grand tilleul")
    call_command("rebuild_search", verbosity=0)
    said = ask(client, "grand tilleul")
    part = said[said.index(">Chez nous</h2>") :]
    assert ">Le grand tilleul</a>" in part
    assert "ne répondent pas" not in said
    assert len(portals.asked) == 3


@pytest.mark.parametrize("is_down", [False, True])
def test_what_must_be_said_of_a_danger_comes_first_whatever_the_others_do(
    portals: PortalServer, client: Client, is_down: bool
) -> None:
    if is_down:
        portals.faults = dict.fromkeys(portals.origins, whole_answer(b"", "500 Oops"))
    said = ask(client, "je veux mourir")
    main = said[said.index("<main") :]
    assert main.index("3114") < main.index("<h1")


def test_the_question_is_neither_kept_nor_logged_nor_linked(
    portals: PortalServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = client.get(ADDRESS, {"q": "gem secretissime"})
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "secretissime" not in caplog.text
    assert response.content.decode().count("secretissime") == 1, "in the field, and nowhere else"


def test_too_many_questions_are_refused_with_the_danger_still_said(
    portals: PortalServer, client: Client, set_limit: SetLimit
) -> None:
    set_limit("region_questions", 1)
    ask(client, "gem")
    response = client.get(ADDRESS, {"q": "je veux mourir"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "3114" in response.content.decode()
    assert len(portals.asked) == 3


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=" + "a" * 5000, "?q=%22%3C", "?q=%FF"])
def test_any_question_is_answered(portals: PortalServer, client: Client, query: str) -> None:
    assert client.get(f"{ADDRESS}{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "http://sante.example.org",
        "https://127.0.0.1",
        "https://[::1]",
        "https://0x7f000001",
        "https://2130706433",
        "https://169.254.169.254",
        "https://localhost",
        "https://intranet",
        "https://imprimante.local",
        "https://sante.example.org:8443",
        "https://compte:secret@sante.example.org",
        "https://sante.example.org/admin/",
        "https://sante.example.org?x=1",
        "file:///etc/passwd",
        "gopher://sante.example.org",
        "//sante.example.org",
        "https://",
        "https://sante.example.org:port",
    ],
)
def test_an_address_that_is_not_that_of_a_public_site_is_refused(address: str) -> None:
    with pytest.raises(BadPortalAddress):
        portal_origin(address)
    with pytest.raises(ValidationError):
        RegionalPortal(department="Var", name="Var", address=address).clean()


def test_an_address_is_kept_without_what_follows_its_name() -> None:
    portal = RegionalPortal(address="https://Sante.Example.org/")
    portal.clean()
    assert portal.address == "https://sante.example.org"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
    ],
)
def test_addresses_of_the_internet_are_told_from_those_of_the_network(
    address: str, expected: bool
) -> None:
    assert is_public(address) is expected


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("93.184.215.14", 443)), (0, 0, 0, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(BadPortalAddress):
        public_address("sante.example.org")
