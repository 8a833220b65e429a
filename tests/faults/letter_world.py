"""Senders of the letter in processes of their own, killed or set against one another.

``python -m tests.faults.letter_world kills 5000 20 SEED`` writes its own subscribers in the
database of ``DATABASE_URL``, sends to the mail server of ``PORTAL_TEST_SMTP_PORT`` and prints
what the ledger says at the end, as JSON. Django is started once; each sender is a fork of it.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

from tests.faults.processes import at_once, fork

A_WHOLE_RUN = timedelta(hours=1)


def main(name: str, *numbers: str) -> dict[str, Any]:
    django.setup()
    return SCENES[name](*map(int, numbers))


def kills(recipients: int, times: int, seed: int) -> dict[str, Any]:
    """Kill a sender so many times, each at a random instant, then let one finish."""
    mailing = fill(recipients)
    dice = random.Random(seed)  # noqa: S311
    done_early = 0
    for _ in range(times):
        sender = fork(deliver)
        time.sleep(dice.uniform(0.05, 0.3))
        os.kill(sender, signal.SIGKILL)
        _pid, status = os.waitpid(sender, 0)
        done_early += not os.WIFSIGNALED(status)
    deliver()
    return {**ledger(mailing), "done_early": done_early}


def two_senders(recipients: int, runs: int, seed: int) -> dict[str, Any]:
    """Start two senders at the same instant, again and again, each time on a new mailing."""
    states: Counter[str] = Counter()
    for _ in range(runs):
        mailing = fill(recipients)
        for sender in [fork(deliver), fork(deliver)]:
            os.waitpid(sender, 0)
        states.update(ledger(mailing)["states"])
    return {"states": states}


def many_clicks(clicks: int) -> dict[str, Any]:
    """Press « Envoyer maintenant » so many times at the same instant, then send."""
    from django.test import Client

    from newsletter.models import LetterSettings, Mailing, Subscriber
    from tests.factories.users import member_of

    # Those of the scenes played before in this database.
    Subscriber.objects.update(state=Subscriber.State.UNSUBSCRIBED)
    LetterSettings.objects.update_or_create(defaults={"sends_anyway": True})
    issue = publish_issue()
    fill(3, with_mailing=False)
    coordinator = Client()
    coordinator.force_login(member_of("Coordination"))
    at_once(clicks, lambda: press_send(coordinator, issue))
    deliver()
    mailing = Mailing.objects.get(issue=issue)
    return ledger(mailing)


def publish_issue() -> int:
    """A published issue of the letter, and its number in the database."""
    from wagtail.models import Page

    from home.models import HomePage
    from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory

    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Accueil", slug="lettre-accueil"))
    index = LetterIndexPageFactory(parent=home)
    body = json.dumps([{"type": "heading", "value": "Ce qui a changé"}])
    return IssuePageFactory(parent=index, body=body).pk


def press_send(coordinator: Any, issue: int) -> int:
    """Press the button of the screen; the status of its answer."""
    from django.urls import reverse

    address = reverse("letter_mailings:send", args=[issue])
    answer = coordinator.post(address, {"now": "1"})
    assert answer.status_code == 302, answer.status_code
    assert address not in answer["Location"], answer["Location"]
    return int(answer.status_code)


def deliver() -> None:
    from newsletter.services.send_queue import deliver_due

    deliver_due(longest=A_WHOLE_RUN)


def fill(recipients: int, with_mailing: bool = True, first: int = 0) -> Any:
    """So many subscribers, and a mailing under way that waits for all of them."""
    from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
    from newsletter.models import Delivery, Mailing, Subscriber

    run = Mailing.objects.count()
    people = Subscriber.objects.bulk_create(
        [
            _subscriber(f"personne{rank}-{run}@lettre.example")
            for rank in range(first, first + recipients)
        ],
        batch_size=500,
    )
    if not with_mailing:
        return None
    words = "Ce qui change près de chez vous, été comme hiver.\n" * 40
    mailing = Mailing.objects.create(
        title="Lettre n° 1",
        subject="Lettre n° 1 : l’été",
        state=Mailing.State.SENDING,
        text=f"{words}https://portail.example/lettre/desinscription/{TOKEN_HERE}/ {SINCE_HERE}",
        html=f"<p>{words}</p><a href='https://portail.example/{TOKEN_HERE}/'>Me désinscrire</a>",
        recipients=recipients,
    )
    rows = [Delivery(mailing=mailing, subscriber=person) for person in people]
    Delivery.objects.bulk_create(rows, batch_size=500)
    return mailing


def _subscriber(address: str) -> Any:
    from newsletter.models import Subscriber

    return Subscriber(email=address, email_key=address, state=Subscriber.State.ACTIVE)


def ledger(mailing: Any) -> dict[str, Any]:
    """What the rows of a mailing say, and the mailing itself."""
    mailing.refresh_from_db()
    states = Counter(mailing.deliveries.values_list("state", flat=True))
    return {"states": states, "mailing": mailing.state}


SCENES: dict[str, Callable[..., dict[str, Any]]] = {
    "kills": kills,
    "two_senders": two_senders,
    "many_clicks": many_clicks,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
