"""Twenty people who do the same thing at the same instant, each in a process of its own.

``python -m tests.newsletter.subscription.same_instant ask 20`` plays in the database of
``DATABASE_URL`` and prints, as JSON, what each was answered and what the database holds then.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from tests.faults.processes import at_once

ANA, BEA, CLEO = "ana@x.example", "bea@x.example", "cleo@x.example"
TOKEN = "un-jeton-que-personne-ne-connait-0123456789"


def main(scene: str, people: str) -> dict[str, Any]:
    django.setup()
    from portal.api.models import RateLimitWindow

    RateLimitWindow.objects.all().delete()  # all of them come from one network
    return SCENES[scene](int(people))


def ask(people: int) -> dict[str, Any]:
    """Send the same form."""
    from tests.newsletter.subscription.asking import CAMILLE, filled

    address, data = f"/lettre/{letter_page()}/inscription/", filled()
    return post_at_once(people, address, data) | what_is_kept_of(CAMILLE)


def ask_known(people: int) -> dict[str, Any]:
    """Send the form for somebody who gets the letter already."""
    from tests.factories.letter import subscriber_of
    from tests.newsletter.subscription.asking import filled

    subscriber_of(CLEO)
    address, data = f"/lettre/{letter_page()}/inscription/", filled(email=CLEO)
    return post_at_once(people, address, data) | what_is_kept_of(CLEO)


def confirm(people: int) -> dict[str, Any]:
    """Press the button of the same link."""
    from newsletter.confirmation_tokens import sign_confirmation
    from newsletter.models import Subscriber
    from tests.factories.letter import subscriber_of

    pending = subscriber_of(ANA, state=Subscriber.State.PENDING, nonce="un-seul-usage")
    return post_at_once(
        people, f"/lettre/confirmer/{sign_confirmation(pending)}/", {}
    ) | what_is_kept_of(ANA)


def leave(people: int) -> dict[str, Any]:
    """Unsubscribe the same person from as many mail programs."""
    from tests.factories.letter import subscriber_of

    subscriber_of(BEA, token=TOKEN)
    one_click = {"List-Unsubscribe": "One-Click"}
    return post_at_once(people, f"/lettre/desinscription/{TOKEN}/", one_click) | what_is_kept_of(
        BEA
    )


def letter_page() -> int:
    """The page of the letter, and its number in the database."""
    from wagtail.models import Page

    from home.models import HomePage
    from newsletter.subscription.models import LetterIndexPage
    from tests.factories.newsletter import LetterIndexPageFactory

    home = HomePage.objects.filter(slug="lettre-accueil").first()
    if home is None:
        home = HomePage(title="Accueil", slug="lettre-accueil")
        Page.get_first_root_node().add_child(instance=home)
    known = LetterIndexPage.objects.child_of(home).first()
    return (known or LetterIndexPageFactory(parent=home)).pk


def post_at_once(people: int, address: str, data: dict[str, Any]) -> dict[str, Any]:
    """So many posts at the same instant; the status of each."""
    from django.db import connection
    from django.test import Client

    client = Client()
    client.get("/healthz")  # loaded once, for all the processes

    def post() -> int:
        with connection.execute_wrapper(look_then_wait):
            return client.post(address, data).status_code

    return {"answers": at_once(people, post)}


def look_then_wait(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Leave the others the time to come between what is read and what is written."""
    result = execute(sql, *rest)
    if sql.startswith("SELECT") and "newsletter_" in sql:
        time.sleep(0.02)
    return result


def what_is_kept_of(address: str) -> dict[str, Any]:
    from newsletter.models import Delivery, Movement, Subscriber

    people = Subscriber.objects.filter(email=address)
    return {
        "states": list(people.values_list("state", flat=True)),
        "messages": Delivery.objects.filter(subscriber__in=people).count(),
        "movements": dict(Movement.objects.values_list("kind", "count")),
    }


SCENES: dict[str, Callable[[int], dict[str, Any]]] = {
    "ask": ask,
    "ask_known": ask_known,
    "confirm": confirm,
    "leave": leave,
}

if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
