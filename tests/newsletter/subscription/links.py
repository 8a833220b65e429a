"""The addresses that messages carry, and all that they could change, for the tests."""

from typing import Any

from newsletter.models import Delivery, Movement, Subscriber, Suppression

State = Subscriber.State
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
LEAVE = {"leave": "yes"}
TOKEN = "un-jeton-que-personne-ne-connait-0123456789"


def confirm_url(signed: str) -> str:
    return f"/lettre/confirmer/{signed}/"


def preferences_url(token: str) -> str:
    return f"/lettre/preferences/{token}/"


def leave_url(token: str) -> str:
    return f"/lettre/desinscription/{token}/"


def everything() -> list[Any]:
    """All that the pages of a message could change."""
    models = (Subscriber, Delivery, Movement, Suppression, Subscriber.topics.through)
    return [list(model.objects.order_by("pk").values()) for model in models]
