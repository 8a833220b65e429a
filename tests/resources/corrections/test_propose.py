"""« Proposer une structure »: whoever knows a place tells it; what is known is said gently."""

from typing import Any

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from portal.geo.models import Commune
from portal.mail.models import OutgoingMessage
from resources.choices import MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import EntryProposal
from tests.factories.corrections import old_stamp
from tests.factories.resources import GemPageFactory, ResourcePageFactory, ResourceTypeFactory

URL = "/proposer-une-structure/"
pytestmark = pytest.mark.usefixtures("communes")


@pytest.fixture
def good() -> dict[str, str]:
    return {
        "name": "GEM Les Pierres Vives",
        "kind": "",
        "commune": "Aubagne",
        "address": "3 rue de la Paix",
        "phone": "0491385460",
        "website": "www.exemple.fr",
        "text": "Un lieu d’entraide, ouvert l’après-midi.",
        "email": "camille@exemple.fr",
        "is_from_structure": "on",
        "nickname": "",
        "moment": old_stamp(),
    }


@pytest.fixture
def send(reader: Client, directory: DirectoryPage) -> Any:
    def post(data: Any, **kwargs: Any) -> Any:
        return reader.post(URL, data, **kwargs)

    return post


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_proposal_is_kept_as_the_directory_writes_things(
    send: Any, good: dict, reader: Client
) -> None:
    kind = ResourceTypeFactory(code="GEM", name="GEM")
    response = send({**good, "kind": "GEM", "name": "GEM  Les Pierres\u2028Vives"})

    proposal = EntryProposal.objects.get()
    assert proposal.name == "GEM Les Pierres Vives"
    assert (proposal.type, proposal.commune.name) == (kind, "Aubagne")
    assert proposal.phone == "04 91 38 54 60"
    assert proposal.website == "https://www.exemple.fr"
    assert proposal.is_from_structure
    assert response["Location"] == f"/proposition/{proposal.key}/"
    thanks = soup_of(reader.get(response["Location"]))
    assert thanks.h1.text == "Merci, votre message est bien reçu"
    assert OutgoingMessage.objects.get().address == "camille@exemple.fr"


def test_the_name_that_a_stranger_typed_is_not_mailed(send: Any, good: dict) -> None:
    send({**good, "name": "Gagnez sur casino.example"})
    message = OutgoingMessage.objects.get()
    assert "casino" not in message.text + message.html + message.subject


def test_a_name_and_a_commune_are_enough(send: Any, good: dict) -> None:
    little = {"name": good["name"], "commune": "13400", "moment": good["moment"]}
    assert send(little).status_code == 302
    assert EntryProposal.objects.get().commune.name == "Aubagne"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("aubagne", "13005"), ("marseille 3e", "13203"), ("Marseille", "13055"), ("aubange", "13005")],
)
def test_a_commune_is_known_as_people_say_it(send: Any, good: dict, typed: str, code: str) -> None:
    assert send({**good, "commune": typed}).status_code == 302
    assert EntryProposal.objects.get().commune == Commune.objects.get(code=code)


def test_a_postcode_of_several_communes_asks_which(send: Any, good: dict) -> None:
    first = send({**good, "commune": "13100"})
    soup = soup_of(first)
    codes = [radio["value"] for radio in soup.find_all("input", attrs={"name": "commune_code"})]
    assert first.status_code == 422
    assert soup.find(role="alert").find("a", href="#id_commune_code")
    assert "13109" in codes

    assert send({**good, "commune": "13100", "commune_code": "13109"}).status_code == 302
    assert EntryProposal.objects.get().commune.name == "Le Tholonet"


@pytest.mark.parametrize(
    ("commune", "code"),
    [("Aubagne", "13109"), ("Aubagne", "\x00"), ("13400", "x" * 5000)],
)
def test_a_choice_that_was_not_offered_counts_for_nothing(
    send: Any, good: dict, commune: str, code: str
) -> None:
    assert send({**good, "commune": commune, "commune_code": code}).status_code == 302
    assert EntryProposal.objects.get().commune.name == "Aubagne"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "GEM\r\nBcc: tous@exemple.fr"),
        ("name", "GEM\x00"),
        ("name", "x" * 161),
        ("commune", ""),
        ("commune", "Nice"),
        ("commune", "13"),
        ("commune", "Atlantis"),
        ("commune", "Aubagne\x00"),
        ("kind", "INCONNU"),
        ("phone", "04 91"),
        ("phone", "appelez-moi"),
        ("website", "javascript:alert(1)"),
        ("website", "pas un site"),
        ("website", "https://exemple.fr/" + "x" * 300),
        ("email", "camille@exemple.fr\nBcc: tous@exemple.fr"),
        ("email", "camille@[127.0.0.1]"),
        ("text", "x" * 2001),
        ("address", "1 rue\nBcc: x"),
    ],
)
def test_bad_input_is_a_clear_mistake_and_loses_nothing(
    send: Any, good: dict, field: str, value: str
) -> None:
    response = send({**good, field: value})

    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.find(role="alert").find("a", href=f"#id_{field}")
    if field != "text":
        assert soup.textarea.text.strip() == good["text"]
    assert not EntryProposal.objects.exists()


@pytest.mark.parametrize(
    ("bad", "status"),
    [({"nickname": "robot"}, 422), ({"moment": "forgé"}, 422), ({"text": "x" * 5_000_000}, 413)],
)
def test_what_a_robot_sends_is_not_kept(send: Any, good: dict, bad: dict, status: int) -> None:
    assert send({**good, **bad}).status_code == status
    assert not EntryProposal.objects.exists()


def test_another_site_cannot_propose_in_someones_place(send: Any, good: dict) -> None:
    assert send(good, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not EntryProposal.objects.exists()


def test_a_hundred_robots_leave_a_few_rows(send: Any, good: dict) -> None:
    for rank in range(60):
        send({**good, "name": f"Spam {rank}"}, REMOTE_ADDR="192.0.2.1")
    assert EntryProposal.objects.count() == 5
    for rank in range(40):
        send({**good, "name": f"Autre {rank}"}, REMOTE_ADDR=f"10.0.{rank}.1")
    assert EntryProposal.objects.count() == 40


def test_a_place_that_is_known_already_is_said_and_can_still_be_sent(
    send: Any, good: dict, directory: DirectoryPage
) -> None:
    aubagne = Commune.objects.get(code="13005")
    known = GemPageFactory(parent=directory, title="Les pierres vives", commune=aubagne)
    ResourcePageFactory(parent=directory, title="Hôpital de jour", commune=aubagne)

    first = send(good)
    soup = soup_of(first)
    assert first.status_code == 409
    assert [link["href"] for link in soup.find(id="deja").find_all("a")] == [known.url]
    assert soup.find("input", attrs={"name": "name"})["value"] == good["name"]
    assert not EntryProposal.objects.exists()

    seen = soup.find("input", attrs={"name": "seen"})["value"]
    assert send({**good, "seen": seen}).status_code == 302
    assert EntryProposal.objects.count() == 1


def test_a_known_number_is_a_known_place_whatever_its_name(
    send: Any, good: dict, directory: DirectoryPage
) -> None:
    ResourcePageFactory(parent=directory, title="Tout autre nom", phone="04 91 38 54 60")
    assert "Tout autre nom" in soup_of(send(good)).find(id="deja").text


def test_marseille_and_its_arrondissements_are_one_town(
    send: Any, good: dict, directory: DirectoryPage
) -> None:
    third = Commune.objects.get(code="13203")
    GemPageFactory(parent=directory, title=good["name"], commune=third)
    assert send({**good, "commune": "Marseille"}).status_code == 409


def test_the_same_name_in_another_commune_is_another_place(
    send: Any, good: dict, directory: DirectoryPage
) -> None:
    arles = Commune.objects.get(code="13004")
    GemPageFactory(parent=directory, title=good["name"], commune=arles)
    assert send(good).status_code == 302


def test_guessing_communes_does_not_find_where_a_secret_place_is(
    send: Any, good: dict, directory: DirectoryPage
) -> None:
    aubagne = Commune.objects.get(code="13005")
    secret = ResourcePageFactory(
        parent=directory, title=good["name"], commune=aubagne, address_is_masked=True
    )
    assert send(good).status_code == 302
    secret.masked_place = MaskedPlace.COMMUNE
    secret.save()
    assert send({**good, "text": "encore"}).status_code == 409


def test_drafts_are_not_told(send: Any, good: dict, directory: DirectoryPage) -> None:
    aubagne = Commune.objects.get(code="13005")
    GemPageFactory(parent=directory, title=good["name"], commune=aubagne, live=False)
    assert send(good).status_code == 302


def test_the_directory_leads_there_even_when_it_finds_nothing(
    directory: DirectoryPage, reader: Client
) -> None:
    for query in ({}, {"q": "licorne"}):
        page = soup_of(reader.get(directory.url, query))
        assert page.main.find("a", href=URL)
    assert soup_of(reader.get(URL)).h1.text == "Proposer une structure"
    assert not reader.cookies


def test_it_can_be_read_in_english(directory: DirectoryPage, reader: Client) -> None:
    assert soup_of(reader.get(URL, {"langue": "en"})).html["lang"] == "en"


def test_it_answers_where_there_is_no_directory_yet(db: None, reader: Client) -> None:
    assert reader.get(URL).status_code == 200
