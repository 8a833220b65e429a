"""What Scaleway answers when it is asked what became of the messages; its API is played here."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import LazySettings
from django.utils import timezone

import pytest

from newsletter.bounces.scaleway import ServiceSilent, is_the_service, poll_failures
from newsletter.models import Delivery, Subscriber
from tests.factories import letter
from tests.servers.mail_api import HANG_UP, SAY_NOTHING, MailApi

pytestmark = pytest.mark.django_db

SOFT, HARD = Delivery.Bounce.SOFT, Delivery.Bounce.HARD


@pytest.fixture
def api(settings: LazySettings) -> Iterator[MailApi]:
    with MailApi() as api:
        settings.EMAIL_BACKEND = "anymail.backends.scaleway.EmailBackend"
        settings.ANYMAIL = {
            "SCALEWAY_SECRET_KEY": "tressecret",
            "SCALEWAY_PROJECT_ID": "projet",
            "SCALEWAY_API_URL": api.url,
        }
        api.answer = (200, {"total_count": 0, "emails": []})
        yield api


@pytest.fixture
def row() -> Delivery:
    return letter.sent_delivery(letter.subscriber_of("ana@x.example"), service_id=str(uuid4()))


def failed(identifier: str, *flags: str, code: int = 0, words: str = "") -> dict[str, Any]:
    last = {"rank": 2, "tried_at": "2026-10-03T09:31:00Z", "code": code, "message": words}
    return {
        "id": identifier,
        "message_id": "1.2@scw-tem.cloud",
        "project_id": "projet",
        "mail_from": "ptsm@ptsm.example",
        "mail_rcpt": "ana@x.example",
        "rcpt_type": "to",
        "subject": "Lettre du printemps",
        "status": "failed",
        "status_details": None,
        "try_count": 2,
        "last_tries": [{**last, "rank": 1, "code": 451, "message": "4.7.1 Greylisted"}, last],
        "flags": list(flags),
    }


def answer(*emails: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return 200, {"total_count": len(emails), "emails": list(emails)}


@pytest.mark.parametrize(
    ("flags", "code", "words", "bounce", "state"),
    [
        (["hard_bounce"], 550, "5.1.1 Unknown", HARD, Subscriber.State.BOUNCED),
        (["mailbox_not_found"], 550, "No", HARD, Subscriber.State.BOUNCED),
        (["hard_bounce"], 550, "5.7.1 Looks like spam", SOFT, Subscriber.State.ACTIVE),
        (["soft_bounce", "mailbox_full"], 552, "5.2.2 Full", SOFT, Subscriber.State.ACTIVE),
        (["blocklisted"], 0, "", SOFT, Subscriber.State.ACTIVE),
        ([], 0, "", SOFT, Subscriber.State.ACTIVE),
    ],
)
def test_what_failed_is_noted_with_the_last_words_of_the_server(
    api: MailApi, row: Delivery, flags: list[str], code: int, words: str, bounce: str, state: str
) -> None:
    api.answer = answer(failed(row.service_id, *flags, code=code, words=words))

    assert poll_failures() == "1 retour noté."

    row.refresh_from_db()
    assert (row.bounce, row.answer) == (bounce, f"{code or ''} {words}".strip())
    assert Subscriber.objects.get().state == state


def test_only_the_failures_of_the_last_days_are_asked_for(api: MailApi) -> None:
    assert poll_failures() == ""

    (asked,) = api.asked
    assert api.paths == ["/emails"]
    assert api.headers[0]["X-Auth-Token"] == "tressecret"
    assert (asked["project_id"], asked["statuses"]) == ("projet", "failed")
    since = timezone.now() - datetime.fromisoformat(asked["since"])
    assert timedelta(days=3) < since < timedelta(days=5)


def test_what_was_noted_is_not_news_again(api: MailApi, row: Delivery) -> None:
    api.answer = answer(failed(row.service_id, code=552))
    poll_failures()
    for _ in range(10):
        assert poll_failures() == ""


def test_messages_that_are_no_letters_are_passed_over(api: MailApi, row: Delivery) -> None:
    api.answer = answer(failed(str(uuid4())), {**failed(str(uuid4())), "last_tries": None})
    assert poll_failures() == ""
    row.refresh_from_db()
    assert row.bounce == ""


def test_every_page_is_read(api: MailApi, row: Delivery) -> None:
    full = answer(*(failed(str(uuid4())) for _ in range(100)))
    api.answers = [full, full, answer(failed(row.service_id, code=552))]

    assert poll_failures() == "1 retour noté."
    assert [asked["page"] for asked in api.asked] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "said",
    [(403, {"message": "No"}), (500, "Oops"), (200, "<html>"), (200, []), (200, {}), HANG_UP],
)
def test_a_service_that_does_not_answer_is_told_without_its_key(api: MailApi, said: Any) -> None:
    api.answer = said
    with pytest.raises(ServiceSilent) as silent:
        poll_failures()
    assert "tressecret" not in str(silent.value)
    assert silent.value.__cause__ is None


def test_a_service_that_says_nothing_is_not_waited_for(
    api: MailApi, settings: LazySettings
) -> None:
    settings.ANYMAIL = settings.ANYMAIL | {"REQUESTS_TIMEOUT": 0.1}
    api.answer = SAY_NOTHING
    with pytest.raises(ServiceSilent, match="ReadTimeout"):
        poll_failures()


def test_only_scaleway_is_asked(api: MailApi, settings: LazySettings) -> None:
    assert is_the_service()
    settings.EMAIL_BACKEND = "anymail.backends.brevo.EmailBackend"
    assert not is_the_service()
