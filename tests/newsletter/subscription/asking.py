"""How a person fills the form of the letter, for the tests."""

import time
from typing import Any
from unittest.mock import patch

from django.test import Client

from bs4 import BeautifulSoup

from newsletter.models import ConsentText, Subscriber, Topic
from newsletter.subscription.models import LetterIndexPage
from portal.forms.public_forms import signed_timestamp
from portal.geo.models import Territory
from portal.mail.addresses import Address, normalise

CAMILLE = "camille@exemple.example"


def moment(seconds_ago: float = 60) -> str:
    """What a form carries that was shown so long ago."""
    now = time.time()
    with patch("django.core.signing.time.time", lambda: now - seconds_ago):
        return signed_timestamp()


def filled(**changes: Any) -> dict[str, Any]:
    """The form as a person sends it."""
    return {
        "email": CAMILLE,
        "consent": "on",
        "version": ConsentText.current().version,
        "nickname": "",
        "moment": moment(),
        **changes,
    }


def send(client: Client, page: LetterIndexPage, data: Any = None, **kwargs: Any) -> Any:
    """Post the form: as a person does, unless ``data`` says otherwise."""
    address = f"/lettre/{page.pk}/inscription/"
    return client.post(address, filled() if data is None else data, **kwargs)


def ask(
    address: str | Address = CAMILLE,
    *,
    page: LetterIndexPage,
    topics: list[Topic] | None = None,
    territory: Territory | None = None,
) -> Subscriber:
    """Ask for the letter without the form; the row that answers."""
    from newsletter.services.subscription import request_subscription as really_ask

    read = normalise(address) if isinstance(address, str) else address
    really_ask(
        read,
        topics=topics or [],
        territory=territory,
        consent=ConsentText.current(),
        source_page=page,
    )
    return Subscriber.objects.get(email_key=read.key)


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def alert_of(response: Any) -> str:
    """The words of the summary of mistakes."""
    return soup_of(response).find(role="alert").text
