"""Signed links of questions: each opens one question, for thirty days."""

from datetime import datetime, timedelta
from enum import Enum
from http import HTTPStatus

from django.core.signing import BadSignature, Signer

from portal.reminders.choices import RequestState
from portal.reminders.requests import LinkRequest

VALID_FOR = timedelta(days=30)


class LinkState(Enum):
    """What a link turns out to be."""

    OPEN = "open"
    #: Answered, by this link or in any other way.
    ANSWERED = "answered"
    EXPIRED = "expired"
    #: For somebody who answers for this no longer, or for what is closed.
    OVER = "over"
    #: What it was about is no longer in the portal.
    GONE = "gone"
    #: Cut by a mail program, or made up.
    BROKEN = "broken"


#: The status of the page that a link opens; those that are absent are answered with 200.
STATUSES = {
    LinkState.EXPIRED: HTTPStatus.GONE,
    LinkState.OVER: HTTPStatus.GONE,
    LinkState.GONE: HTTPStatus.GONE,
    LinkState.BROKEN: HTTPStatus.NOT_FOUND,
}


class LinkSigner:
    """Keys of one kind of question; a link of another kind is broken here."""

    def __init__(self, salt: str) -> None:
        self._signer = Signer(salt=salt, sep=".")

    def sign(self, key: str) -> str:
        return self._signer.sign(key)

    def read(self, signed: str) -> str | None:
        """The key, or None when the link was cut or made up."""
        try:
            return self._signer.unsign(signed)
        except BadSignature:
            return None


def get_link_state(request: LinkRequest, now: datetime, *, is_moot: bool) -> LinkState:
    """What the link of ``request`` is good for; ``is_moot``: nobody wants its answer any more."""
    if request.state == RequestState.ANSWERED:
        return LinkState.ANSWERED
    if request.state == RequestState.CANCELLED or is_moot:
        return LinkState.OVER
    if request.state == RequestState.EXPIRED or now >= request.sent_at + VALID_FOR:
        return LinkState.EXPIRED
    return LinkState.OPEN
