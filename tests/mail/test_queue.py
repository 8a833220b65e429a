"""Messages to one person: written with what they tell, sent a moment later, forgotten after."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import transaction
from django.utils import timezone

import pytest

from portal.mail import queue, sender
from portal.mail.models import OutgoingMessage
from portal.privacy.personal_data import erase_outgoing

pytestmark = pytest.mark.django_db

State = OutgoingMessage.State


@pytest.fixture(autouse=True)
def _template(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/essai.mjml").write_text(
        '{% extends "mail/layout.mjml" %}{% block main %}<mj-section><mj-column><mj-text>'
        '<p>{{ words }}</p><p><a href="/ici/">ici</a></p>'
        "</mj-text></mj-column></mj-section>{% endblock %}"
    )
    (tmp_path / "mail/essai.txt").write_text("{% autoescape off %}{{ words }}{% endautoescape %}")
    templates = settings.TEMPLATES
    templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates


def write(to: str = "accueil@exemple.example") -> OutgoingMessage:
    return queue.post(to, "essai", "Relisez votre fiche", words="Tout va bien ?")


def test_a_message_leaves_in_both_forms_with_whole_addresses() -> None:
    message = write()
    queue.send_waiting()
    [sent] = mail.outbox
    assert sent.to == ["accueil@exemple.example"]
    assert sent.subject == "Relisez votre fiche"
    assert "Tout va bien ?" in sent.body
    html = sent.alternatives[0][0]
    assert "http" in html.split(">ici<")[0].rsplit("href=", 1)[1]
    assert "3114" in html
    assert sent.extra_headers["Message-ID"].startswith(f"<{message.uuid}@")


def test_what_was_not_committed_is_not_sent() -> None:
    try:
        with transaction.atomic():
            write()
            raise RuntimeError
    except RuntimeError:
        pass
    queue.send_waiting()
    assert mail.outbox == []


def test_a_message_that_left_keeps_nothing_of_what_it_said() -> None:
    message = write()
    queue.send_waiting()
    message.refresh_from_db()
    assert (message.state, message.html, message.text) == (State.SENT, "", "")


def test_a_server_that_is_away_is_asked_once_and_again_later(monkeypatch: Any) -> None:
    tries = []

    class Away:
        def send_messages(self, messages: Any) -> None:
            tries.append(messages)
            raise OSError

    monkeypatch.setattr(sender, "get_connection", Away)
    first, second = write(), write("autre@exemple.example")
    queue.send_waiting()
    assert len(tries) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == second.state == State.WAITING
    assert first.next_attempt_at > timezone.now()


def test_a_message_that_nobody_takes_is_given_up_in_the_end(monkeypatch: Any) -> None:
    class Away:
        def send_messages(self, messages: Any) -> None:
            raise OSError

    monkeypatch.setattr(sender, "get_connection", Away)
    message = write()
    for _ in range(len(OutgoingMessage.retry_delays) + 1):
        OutgoingMessage.objects.update(next_attempt_at=timezone.now())
        queue.send_waiting()
    message.refresh_from_db()
    assert message.state == State.GIVEN_UP


def test_what_a_killed_sender_held_leaves_again_under_the_same_name() -> None:
    message = write()
    OutgoingMessage.objects.update(
        state=State.SENDING, claimed_at=timezone.now() - 2 * queue.LOST_AFTER
    )
    queue.send_waiting()
    [sent] = mail.outbox
    assert str(message.uuid) in sent.extra_headers["Message-ID"]


def test_messages_are_forgotten_after_a_month() -> None:
    write()
    queue.send_waiting()
    OutgoingMessage.objects.update(finished_at=timezone.now() - queue.KEPT_FOR - timedelta(days=1))
    queue.send_waiting()
    assert not OutgoingMessage.objects.exists()


def test_a_person_who_is_erased_is_not_written_to() -> None:
    write("Marie@exemple.example")
    assert erase_outgoing("marie@exemple.example") == 1
    queue.send_waiting()
    assert mail.outbox == []
