"""« Signaler une erreur »: no account, no cookie; a mistake loses nothing, robots leave little."""

import re
import time
from typing import Any

from django.core import mail
from django.test import Client

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from portal.forms.public_forms import signed_timestamp
from portal.mail.models import OutgoingMessage
from portal.mail.queue import send_waiting
from resources.listing.models import DirectoryPage
from resources.models import ErrorReport, ResourcePage
from tests.clock import Clock
from tests.factories.corrections import old_stamp
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(parent=directory, title="GEM L’Écluse")


@pytest.fixture
def good() -> dict[str, str]:
    return {
        "about": "horaires",
        "text": "Fermé le lundi depuis septembre.",
        "email": "camille@exemple.fr",
        "nickname": "",
        "moment": old_stamp(),
    }


@pytest.fixture
def send(reader: Client, entry: ResourcePage) -> Any:
    def post(data: Any, **kwargs: Any) -> Any:
        return reader.post(f"/fiche/{entry.uuid}/signaler/", data, **kwargs)

    return post


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_report_is_kept_thanked_and_acknowledged_by_mail(
    send: Any, good: dict, reader: Client, entry: ResourcePage
) -> None:
    response = send(good)

    report = ErrorReport.objects.get()
    assert (report.entry, report.about, report.text) == (entry, "horaires", good["text"])
    assert response["Location"] == f"/signalement/{report.key}/"
    thanks = soup_of(reader.get(response["Location"]))
    assert thanks.h1.text == "Merci, votre message est bien reçu"
    assert f"http://testserver/signalement/{report.key}/" in thanks.text
    send_waiting()
    (message,) = mail.outbox
    assert message.to == ["camille@exemple.fr"]
    assert f"/signalement/{report.key}/" in message.body
    assert "GEM L’Écluse" in message.body


def test_nothing_that_a_stranger_typed_is_mailed_to_an_address_that_may_not_be_theirs(
    send: Any, good: dict
) -> None:
    send({**good, "text": "Achetez sur casino.example"})
    send_waiting()
    (message,) = mail.outbox
    assert "casino" not in message.body
    assert "casino" not in str(message.alternatives[0][0])


def test_an_anonymous_report_is_welcome_and_followed_all_the_same(
    send: Any, good: dict, reader: Client
) -> None:
    response = send({**good, "email": "", "text": ""})
    assert reader.get(response["Location"]).status_code == 200
    assert not OutgoingMessage.objects.exists()


def test_reading_and_sending_leave_no_cookie(
    send: Any, good: dict, reader: Client, entry: ResourcePage
) -> None:
    assert not reader.get(f"/fiche/{entry.uuid}/signaler/").cookies
    assert not send(good).cookies
    assert not reader.cookies


def test_the_page_says_to_write_nothing_about_ones_health(
    reader: Client, entry: ResourcePage
) -> None:
    page = soup_of(reader.get(f"/fiche/{entry.uuid}/signaler/"))
    assert "N’écrivez rien sur votre santé" in page.main.text
    assert page.h1.text == "Signaler une erreur"
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_other_things_must_be_told_in_words(send: Any, good: dict) -> None:
    response = send({**good, "about": "autre", "text": " \u200b "})

    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.find(role="alert").find("a", href="#id_text").text == "Dites ce qui ne va pas."
    assert soup.find("input", attrs={"name": "email"})["value"] == "camille@exemple.fr"
    assert soup.title.text.startswith("Erreur :")
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", ""),
        ("about", "inconnu"),
        ("about", "horaires\r\nBcc: tous@exemple.fr"),
        ("text", "Bonjour\x00"),
        ("text", "x" * 2001),
        ("email", "camille"),
        ("email", "camille@exemple.fr\nBcc: tous@exemple.fr"),
        ("email", "camille@exemple.fr\r\nBcc: tous@exemple.fr"),
        ("email", "camille@exemple.fr\u2028Bcc: tous@exemple.fr"),
        ("email", "camille@exemple.fr\x00"),
        ("email", "camille@[127.0.0.1]"),
        ("email", f"{'x' * 65}@exemple.fr"),
    ],
)
def test_bad_input_is_a_clear_mistake_that_leads_to_its_field(
    send: Any, good: dict, field: str, value: str
) -> None:
    response = send({**good, field: value})

    assert response.status_code == 422
    link = soup_of(response).find(role="alert").find("a", href=f"#id_{field}")
    assert link
    assert soup_of(response).find(id=f"id_{field}")
    assert not ErrorReport.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" \u200bcamille@exemple.fr\ufeff ", "camille@exemple.fr"),
        ("camille+annuaire@exemple.fr", "camille+annuaire@exemple.fr"),
        ("camille@éxemple.fr", "camille@xn--xemple-9ua.fr"),
    ],
)
def test_addresses_as_people_paste_them_are_taken(
    send: Any, good: dict, typed: str, kept: str
) -> None:
    assert send({**good, "email": typed}).status_code == 302
    assert OutgoingMessage.objects.get().address == kept


def test_an_address_gets_few_messages_however_it_is_written(send: Any, good: dict) -> None:
    for rank in range(5):
        email = "camille@exemple.fr" if rank % 2 else "Camille@EXEMPLE.FR"
        assert send({**good, "text": f"mot {rank}", "email": email}).status_code == 302
    assert OutgoingMessage.objects.count() == 3
    assert ErrorReport.objects.count() == 5


def test_the_same_form_pressed_twenty_times_makes_one_report(send: Any, good: dict) -> None:
    places = {send(good)["Location"] for _ in range(20)}
    assert len(places) == 1
    assert ErrorReport.objects.count() == 1
    assert OutgoingMessage.objects.count() == 1


def test_two_people_who_say_the_same_have_each_their_own_page(send: Any, good: dict) -> None:
    first = send({**good, "email": ""}, REMOTE_ADDR="192.0.2.1")["Location"]
    second = send({**good, "email": ""}, REMOTE_ADDR="198.51.100.4")["Location"]
    assert first != second


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"nickname": "robot"}, "champ caché"),
        ({"moment": ""}, "n’a pas marché"),
        ({"moment": "forgé:abc"}, "n’a pas marché"),
        ({"moment": "\x00"}, "n’a pas marché"),
    ],
)
def test_a_robot_that_gives_itself_away_is_told_so(
    send: Any, good: dict, bad: dict, said: str
) -> None:
    response = send({**good, **bad})
    assert response.status_code == 422
    assert said in soup_of(response).find(role="alert").text
    assert not ErrorReport.objects.exists()


def test_what_was_sent_too_fast_can_be_sent_again(
    send: Any, good: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = send({**good, "moment": signed_timestamp()})
    assert first.status_code == 422
    moment = soup_of(first).find(attrs={"name": "moment"})["value"]
    later = time.time() + 10
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert send({**good, "moment": moment}).status_code == 302


def test_two_hundred_robots_leave_a_few_rows(send: Any, good: dict) -> None:
    for rank in range(200):
        robot = {**good, "nickname": "x"} if rank % 2 else {**good, "text": f"spam {rank}"}
        send(robot, REMOTE_ADDR=f"10.{rank // 50}.{rank % 50}.9")
    assert 0 < ErrorReport.objects.count() <= 10
    assert OutgoingMessage.objects.count() <= 3


def test_a_flood_from_one_network_is_slowed_and_keeps_the_text(
    send: Any, good: dict, directory: DirectoryPage, reader: Client, noon: Clock
) -> None:
    for rank in range(10):
        other = ResourcePageFactory(parent=directory)
        url = f"/fiche/{other.uuid}/signaler/"
        assert reader.post(url, {**good, "text": f"{rank}"}).status_code == 302
    response = send(good)
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert soup_of(response).textarea.text.strip() == good["text"]
    assert send(good, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_an_entry_told_many_times_the_same_day_is_not_told_again(
    send: Any, good: dict, entry: ResourcePage, noon: Clock
) -> None:
    for rank in range(10):
        assert send(good, REMOTE_ADDR=f"198.51.{rank}.4").status_code == 302
    noon.wait(seconds=3600)
    response = send(good)
    assert response.status_code == 429
    assert "déjà été signalée" in soup_of(response).find(role="alert").text
    assert response["Retry-After"] == str(23 * 3600)
    noon.wait(seconds=23 * 3600)
    assert send(good).status_code == 302


def test_a_huge_body_gets_a_clear_answer(send: Any, good: dict) -> None:
    response = send({**good, "text": "x" * 5_000_000})
    assert response.status_code == 413
    assert "trop long" in soup_of(response).find(role="alert").text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"about": "horaires"}'),
        ("multipart/form-data", b"without a boundary"),
        ("application/x-www-form-urlencoded", b"about=%FF%FE&about=horaires&text=deux"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_500))),
    ],
)
def test_what_no_browser_sends_is_a_mistake_not_a_breakdown(
    send: Any, content_type: str, body: bytes
) -> None:
    response = send(body, content_type=content_type)
    assert response.status_code == 422
    assert soup_of(response).find(role="alert")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://ailleurs.example"},
        {"Referer": "https://ailleurs.example/page"},
    ],
)
def test_another_site_cannot_write_in_someones_place(send: Any, good: dict, headers: dict) -> None:
    assert send(good, headers=headers).status_code == 403
    assert not ErrorReport.objects.exists()


def test_a_draft_has_no_form(reader: Client, entry: ResourcePage, good: dict) -> None:
    entry.unpublish()
    url = f"/fiche/{entry.uuid}/signaler/"
    assert reader.get(url).status_code == 404
    assert reader.post(url, good).status_code == 404


def test_the_form_speaks_the_language_of_the_entry_and_reports_its_source(
    reader: Client, entry: ResourcePage, good: dict
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = entry.get_ancestors().get(depth=2).specific.copy_for_translation(english)
    home.save_revision().publish()
    directory = DirectoryPageFactory(parent=home, locale=english, title="Directory")
    translated = ResourcePageFactory(
        parent=directory, locale=english, translation_key=entry.translation_key, title="The Lock"
    )
    url = f"/fiche/{translated.uuid}/signaler/"
    assert BeautifulSoup(reader.get(url).content, "html.parser").html["lang"] == "en"

    followed = reader.post(url, good)["Location"]
    assert ErrorReport.objects.get().entry == entry
    assert re.fullmatch(r"/signalement/[\w-]+/\?langue=en", followed)
    assert BeautifulSoup(reader.get(followed).content, "html.parser").html["lang"] == "en"
