"""Signed tokens of the links that confirm a subscription; they hold no address."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.core import signing

from newsletter.models import Subscriber

VALID_FOR = timedelta(hours=72)
_SALT = "newsletter.confirm"


class ConfirmationRequest(NamedTuple):
    """Whom a token is about, and which of their requests."""

    uuid: UUID
    nonce: str
    is_too_old: bool = False


def sign_confirmation(subscriber: Subscriber) -> str:
    """The token of the last request of this subscriber, valid from now on."""
    return signing.dumps([str(subscriber.uuid), subscriber.nonce], salt=_SALT)


def read_confirmation(signed: str) -> ConfirmationRequest | None:
    """The request that a token is about; None when this portal did not sign it."""
    try:
        return ConfirmationRequest(*_parts(signed, VALID_FOR))
    except signing.SignatureExpired:
        return ConfirmationRequest(*_parts(signed, None), is_too_old=True)
    except (signing.BadSignature, ValueError):
        return None


def _parts(signed: str, max_age: timedelta | None) -> tuple[UUID, str]:
    uuid, nonce = signing.loads(signed, salt=_SALT, max_age=max_age)
    return UUID(uuid), nonce
