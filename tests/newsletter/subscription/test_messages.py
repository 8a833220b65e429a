"""The two messages that answer the form: what they say, to whom, and what they never carry."""

import re

import pytest
from bs4 import BeautifulSoup

from newsletter.mail.messages import message_for
from newsletter.mail.transactional import render
from newsletter.models import Delivery
from newsletter.services.send_queue import deliver_due
from newsletter.subscription.models import LetterIndexPage
from portal.base.models import PortalSettings
from tests.factories.letter import delivery, subscriber_of
from tests.newsletter.subscription.asking import CAMILLE, ask

TOKEN = "un-jeton-que-personne-ne-connait-0123456789"
Kind = Delivery.Kind


@pytest.fixture
def confirm(letter_page: LetterIndexPage) -> Delivery:
    return ask(page=letter_page).deliveries.get()


@pytest.fixture
def known(letter_page: LetterIndexPage) -> Delivery:
    return delivery(subscriber_of("connue@x.example", token=TOKEN), kind=Kind.KNOWN)


def words_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").body.get_text(" ").split())


def test_the_message_to_confirm_says_what_to_do_in_both_of_its_parts(confirm: Delivery) -> None:
    message = render(confirm)
    assert message.subject == "Confirmez votre inscription à la lettre du PTSM"
    for words in (words_of(message.html), " ".join(message.text.split())):
        assert "72 heures" in words
        assert "Si ce n’est pas vous, ne faites rien" in words
        assert "cette adresse est effacée dans les 7 jours" in words
        assert "3114" in words
        assert "ni ouverture ni clic" in words


def test_the_button_leads_to_the_page_that_confirms_and_its_address_is_written_whole(
    confirm: Delivery,
) -> None:
    message = render(confirm)
    soup = BeautifulSoup(message.html, "html.parser")
    button, spelt = soup.find_all("a", href=re.compile("/lettre/confirmer/"))
    assert button.text.strip() == "Confirmer mon inscription"
    assert spelt.text == spelt["href"] == button["href"]
    assert button["href"] in message.text.splitlines()


def test_who_is_subscribed_already_is_told_how_to_choose_and_to_leave(known: Delivery) -> None:
    message = render(known)
    assert message.subject == "Vous recevez déjà la lettre du PTSM"
    for part in (message.html, message.text):
        assert f"/lettre/preferences/{TOKEN}/" in part
        assert f"/lettre/desinscription/{TOKEN}/" in part
    assert "rien n’a été changé" in words_of(message.html)
    assert "/lettre/confirmer/" not in message.html


def test_a_message_names_nobody_loads_nothing_and_is_light(
    confirm: Delivery, known: Delivery
) -> None:
    for row in (confirm, known):
        message = render(row)
        assert row.subscriber.email not in message.html + message.text
        soup = BeautifulSoup(message.html, "html.parser")
        assert not soup.find_all(["img", "script", "iframe", "link"])
        assert "url(" not in message.html
        assert soup.html["lang"] == "fr"
        assert len(message.html.encode()) < 30_000


def test_what_an_editor_typed_is_written_as_text(confirm: Delivery) -> None:
    portal = PortalSettings.load()
    portal.site_name, portal.operator = "Santé & <b>mentale</b>", 'Le "Centre" & co'
    portal.save()
    message = render(confirm)
    assert "Santé & <b>mentale</b>" in words_of(message.html)
    assert "Santé & <b>mentale</b>" in message.text
    assert 'Le "Centre" & co' in message.text


@pytest.mark.django_db
def test_a_row_of_nobody_or_of_an_issue_is_not_written_here() -> None:
    issue = delivery(subscriber_of())
    with pytest.raises(ValueError, match="laid out once"):
        render(issue)
    issue.subscriber = None
    with pytest.raises(ValueError, match="nobody"):
        render(issue)


def test_the_message_leaves_to_the_address_that_asked_with_a_way_out(
    confirm: Delivery, mailoutbox: list
) -> None:
    deliver_due()
    (message,) = mailoutbox
    confirm.refresh_from_db()
    assert confirm.state == Delivery.State.SENT
    assert message.to == [CAMILLE]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert confirm.subscriber.token in message.extra_headers["List-Unsubscribe"]


def test_a_message_sent_again_keeps_its_identifier(confirm: Delivery) -> None:
    first, second = message_for(confirm), message_for(confirm)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
