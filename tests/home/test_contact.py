"""Whoever writes is heard: no mistake loses a word, no breakdown loses a message."""

import time
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from home.models import ContactMessage, ContactPage
from portal.base.models import PortalSettings
from portal.forms.public_forms import QUICKEST, signed_timestamp
from portal.mail.models import OutgoingMessage
from portal.mail.queue import send_waiting


@pytest.fixture
def old_stamp(monkeypatch: pytest.MonkeyPatch) -> str:
    """The mark of a form that was shown a minute ago."""
    now = time.time()
    with monkeypatch.context() as past:
        past.setattr("django.core.signing.time.time", lambda: now - 60)
        return signed_timestamp()


@pytest.fixture
def good(old_stamp: str) -> dict[str, str]:
    return {
        "subject": "annuaire",
        "message": "Le CMP a déménagé.\nVoici sa nouvelle adresse.",
        "name": "Camille",
        "email": "camille@exemple.fr",
        "nickname": "",
        "moment": old_stamp,
    }


@pytest.fixture
def send(client: Client, contact_page: ContactPage) -> Any:
    def post(data: dict[str, Any], **kwargs: Any) -> Any:
        return client.post(f"/contact/{contact_page.pk}/envoyer/", data, **kwargs)

    return post


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def value_of(soup: BeautifulSoup, name: str) -> str:
    field = soup.find(attrs={"name": name})
    if field.name == "textarea":
        return field.text.strip("\n")
    if field.name == "select":
        return field.find("option", selected=True)["value"]
    return field.get("value", "")


def test_a_message_reaches_the_generic_address_and_can_be_answered(send, good, client):
    response = send(good)

    assert response.status_code == 302
    thanks = client.get(response["Location"])
    assert soup_of(thanks).h1.text == "Votre message est bien reçu"
    assert not mail.outbox  # the request itself spoke to no mail server
    send_waiting()
    (message,) = mail.outbox
    assert message.to == ["ptsm@exemple.fr"]
    assert message.reply_to == ["camille@exemple.fr"]
    assert "Voici sa nouvelle adresse." in message.body
    assert "annuaire" in message.subject


def test_an_anonymous_message_is_welcome(send, good):
    assert send({**good, "name": "", "email": ""}).status_code == 302
    send_waiting()
    assert mail.outbox[0].reply_to == []


def test_reading_the_form_leaves_no_cookie(client, contact_page):
    assert not client.get("/contact/").cookies


def test_mistakes_are_listed_first_and_lead_to_their_field(send, good):
    response = send({**good, "subject": "", "email": "camille"})

    soup = soup_of(response)
    summary = soup.find(role="alert")
    targets = [link["href"].removeprefix("#") for link in summary.find_all("a")]
    assert response.status_code == 422
    assert targets == ["id_subject", "id_email"]
    for target in targets:
        field = soup.find(id=target)
        assert field["aria-invalid"] == "true"
        assert f"{target}_error" in field["aria-describedby"]
        assert soup.find(id=f"{target}_error").text.strip()
    assert soup.title.text.startswith("Erreur")


def test_a_mistake_loses_nothing_that_was_typed(send, good):
    soup = soup_of(send({**good, "email": "camille"}))

    assert value_of(soup, "message") == good["message"]
    assert value_of(soup, "name") == "Camille"
    assert value_of(soup, "subject") == "annuaire"
    assert value_of(soup, "email") == "camille"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Camille\r\nBcc: tous@exemple.fr"),
        ("name", "Camille\x00"),
        ("email", "camille@exemple.fr\nBcc: tous@exemple.fr"),
        ("email", "camille@exemple.fr\x00"),
        ("message", "Bonjour\x00"),
        ("subject", "annuaire\r\nBcc: tous@exemple.fr"),
        ("subject", "inconnu"),
        ("message", "x" * 5001),
        ("message", " \u200b "),
        ("name", "x" * 81),
        ("email", f"{'x' * 65}@exemple.fr"),
    ],
)
def test_bad_input_is_a_clear_mistake_and_no_mail(send, good, field, value):
    response = send({**good, field: value})

    assert response.status_code == 422
    assert soup_of(response).find(role="alert").find("a", href=f"#id_{field}")
    assert not mail.outbox
    assert not ContactMessage.objects.exists()


def test_blanks_copied_around_an_address_do_not_matter(send, good):
    assert send({**good, "email": " \u200bcamille@exemple.fr\ufeff "}).status_code == 302
    send_waiting()
    assert mail.outbox[0].reply_to == ["camille@exemple.fr"]


def test_a_robot_that_fills_the_hidden_field_is_told_so(send, good):
    response = send({**good, "nickname": "robot"})

    assert response.status_code == 422
    assert "champ caché" in soup_of(response).find(role="alert").text
    assert not ContactMessage.objects.exists()


def test_the_hidden_field_is_hidden_from_screen_readers_and_keyboards(client, contact_page):
    field = soup_of(client.get("/contact/")).find(attrs={"name": "nickname"})

    assert field["tabindex"] == "-1"
    assert field.find_parent(attrs={"aria-hidden": "true"})


def test_a_form_sent_at_once_is_kept_and_can_be_sent_again(send, good, monkeypatch):
    first = send({**good, "moment": signed_timestamp()})
    assert first.status_code == 422
    assert "très rapide" in soup_of(first).find(role="alert").text
    moment = value_of(soup_of(first), "moment")

    later = time.time() + QUICKEST + 2
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert send({**good, "moment": moment}).status_code == 302


@pytest.mark.parametrize("moment", ["", "contact:forgé:abc", "\x00", "x" * 10_000])
def test_a_forged_moment_gives_a_new_form_with_the_text(send, good, moment):
    response = send({**good, "moment": moment})

    assert response.status_code == 422
    assert value_of(soup_of(response), "message") == good["message"]


def test_a_form_left_open_for_weeks_can_be_sent_again(send, good, monkeypatch):
    later = time.time() + 30 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    response = send(good)

    assert response.status_code == 422
    assert "ouverte depuis longtemps" in soup_of(response).find(role="alert").text


def test_a_huge_body_gets_a_clear_answer(send, good):
    response = send({**good, "message": "x" * 5_000_000})

    assert response.status_code == 413
    assert "trop long" in soup_of(response).find(role="alert").text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"message": "x"}'),
        ("multipart/form-data", b"without a boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"message=%FF%FE&message=deux&subject=ptsm"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_500))),
    ],
)
def test_what_no_browser_sends_is_a_mistake_not_a_breakdown(send, contact_page, content_type, body):
    response = send(body, content_type=content_type)

    assert response.status_code == 422
    assert soup_of(response).find(role="alert")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://ailleurs.example"},
        {"Referer": "https://ailleurs.example/page"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_write_in_someones_place(send, good, headers):
    response = send(good, headers=headers)

    assert response.status_code == 403
    assert "autre site" in soup_of(response).find(role="alert").text
    assert not ContactMessage.objects.exists()


def test_our_own_page_can(send, good):
    assert send(good, headers={"Origin": "http://testserver"}).status_code == 302
    assert send(good, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_a_flood_from_one_network_is_slowed_and_keeps_the_text(send, good):
    for _ in range(10):
        assert send(good, REMOTE_ADDR="192.0.2.1").status_code == 302
    response = send(good, REMOTE_ADDR="192.0.2.77")

    assert response.status_code == 429
    assert value_of(soup_of(response), "message") == good["message"]
    assert send(good, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_when_mail_is_down_the_message_is_kept_and_sent_later(send, good, settings, client):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    response = send(good)

    assert response.status_code == 302
    assert "bien reçu" in client.get(response["Location"]).content.decode()
    kept = ContactMessage.objects.get()
    send_waiting()
    kept.refresh_from_db()
    assert kept.message == good["message"]
    assert kept.mailed_at is None

    settings.EMAIL_BACKEND = working
    OutgoingMessage.objects.update(next_attempt_at=timezone.now())
    send_waiting()
    kept.refresh_from_db()
    assert kept.mailed_at
    assert len(mail.outbox) == 1


def test_a_message_that_mail_refused_for_a_day_is_tried_again(send, good, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send(good)
    for _ in range(len(OutgoingMessage.retry_delays) + 1):
        OutgoingMessage.objects.update(next_attempt_at=timezone.now())
        send_waiting()
    given_up = OutgoingMessage.objects.get()
    assert given_up.state == OutgoingMessage.State.GIVEN_UP
    assert good["message"] not in given_up.text

    settings.EMAIL_BACKEND = working
    call_command("tend_messages", verbosity=0)
    send_waiting()
    (message,) = mail.outbox
    assert "Voici sa nouvelle adresse." in message.body
    assert ContactMessage.objects.get().mailed_at


def test_a_message_that_is_erased_is_not_mailed_any_more(send, good):
    send(good)
    ContactMessage.objects.all().delete()
    send_waiting()
    assert not mail.outbox
    assert not OutgoingMessage.objects.exists()


def test_without_a_generic_address_the_message_waits_for_the_coordinator(send, good):
    portal = PortalSettings.load()
    portal.contact_email = ""
    portal.save()

    assert send(good).status_code == 302
    assert ContactMessage.objects.get().mailed_at is None


def test_no_word_of_a_message_goes_to_the_logs(send, good, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send(good)
    send_waiting()

    assert "kept" in caplog.text
    assert "camille" not in caplog.text.lower()
    assert "déménagé" not in caplog.text


def test_a_message_is_erased_once_answered_and_after_six_months(send, good):
    answered = ContactMessage.objects.create(
        subject="autre", message="répondu", answered_on=date(2026, 1, 1)
    )
    old = ContactMessage.objects.create(
        subject="autre", message="vieux", received_at=timezone.now() - timedelta(days=190)
    )
    recent = ContactMessage.objects.create(subject="autre", message="récent")
    send(good)

    kept = set(ContactMessage.objects.values_list("pk", flat=True))
    assert recent.pk in kept
    assert not {answered.pk, old.pk} & kept


def test_reloading_the_thanks_sends_nothing(send, good, client):
    address = send(good)["Location"]
    for _ in range(2):
        assert client.get(address).status_code == 200

    assert ContactMessage.objects.count() == 1


def test_the_sending_address_opened_by_hand_leads_to_the_form(client, contact_page):
    response = client.get(f"/contact/{contact_page.pk}/envoyer/")

    assert response.status_code == 302
    assert response["Location"].endswith("/contact/")
    assert client.get("/contact/999999/envoyer/").status_code == 404


def test_the_coordinator_reads_messages_in_the_editor(contact_page, admin_client):
    message = ContactMessage.objects.create(subject="autre", message="Bonjour à vous")

    listing = admin_client.get("/admin/snippets/home/contactmessage/")
    editing = admin_client.get(f"/admin/snippets/home/contactmessage/edit/{message.pk}/")
    assert listing.status_code == editing.status_code == 200
    assert "Bonjour à vous" in editing.content.decode()


def test_the_form_costs_few_queries(queries_of, contact_page):
    assert queries_of("/contact/") <= 15


def test_a_link_from_an_entry_fills_the_subject_and_names_the_page(client, contact_page):
    address = f"{contact_page.url}?sujet=annuaire&page=/annuaire/ecluse/"
    soup = soup_of(client.get(address))
    assert soup.select_one("select[name=subject] option[selected]")["value"] == "annuaire"
    assert "/annuaire/ecluse/" in value_of(soup, "message")


@pytest.mark.parametrize(
    "query",
    ["sujet=nimporte&page=//evil.example/", "page=javascript:alert(1)", "page=/%00/", "page=/a b"],
)
def test_a_made_up_link_fills_nothing(client, contact_page, query):
    response = client.get(f"{contact_page.url}?{query}")
    assert response.status_code == 200
    assert value_of(soup_of(response), "message") == ""


def test_the_same_message_sent_twice_is_kept_once(send, good):
    for _press in range(3):
        assert send(good).status_code == 302
    assert ContactMessage.objects.count() == 1
    send({**good, "message": f"  {good['message']}\r\n"})  # as another browser writes it
    assert ContactMessage.objects.count() == 1
    send({**good, "message": "Autre chose."})
    assert ContactMessage.objects.count() == 2


def test_a_press_that_came_to_nothing_does_not_count(send, good, monkeypatch):
    def fail(*_args: object) -> None:
        raise ConnectionResetError

    monkeypatch.setattr("home.views.receive_message", fail)
    with pytest.raises(ConnectionResetError):
        send(good)
    monkeypatch.undo()
    assert send(good).status_code == 302
    assert ContactMessage.objects.count() == 1
