"""The address that a structure receives: it opens one entry, for thirty days."""

from datetime import datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from portal.mail.layout import absolute
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.verification.schedule import is_tended

VALID_FOR = timedelta(days=30)
_signer = Signer(salt="resources.verification", sep=".")

State = VerificationRequest.State


class Door(Enum):
    """What a link turns out to be."""

    OPEN = "open"
    #: Answered, by this link or in any other way.
    ANSWERED = "answered"
    EXPIRED = "expired"
    #: For somebody who answers for this entry no longer, or for an entry that closed.
    OVER = "over"
    #: The entry is no longer in the directory.
    GONE = "gone"
    #: Cut by a mail program, or made up.
    BROKEN = "broken"


def sign(key: str) -> str:
    return _signer.sign(key)


def answer_address(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify", args=[sign(request.key)]))


def correction_address(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify_correct", args=[sign(request.key)]))


def open_door(signed: str) -> tuple[Door, VerificationRequest | None]:
    """What a link is good for; nothing changes."""
    try:
        key = _signer.unsign(signed)
    except BadSignature:
        return Door.BROKEN, None
    requests = VerificationRequest.objects.select_related("entry", "referent")
    request = requests.filter(key=key).first()
    return (_judge(request, timezone.now()), request) if request else (Door.GONE, None)


def _judge(request: VerificationRequest, now: datetime) -> Door:
    if request.state == State.ANSWERED:
        return Door.ANSWERED
    if request.state == State.CANCELLED or not is_tended(request.entry):
        return Door.OVER
    if not is_for_the_right_person(request):
        return Door.OVER
    if request.state == State.EXPIRED or now >= request.sent_at + VALID_FOR:
        return Door.EXPIRED
    return Door.OPEN


def is_for_the_right_person(request: VerificationRequest) -> bool:
    """A referent who still answers for the entry; without one, its generic address of today."""
    referent = request.referent
    if referent is not None and not _answers_for(referent, request.entry_id):
        return False
    address = address_of(request.entry, referent)
    # Once over, a request has lost its address: it went to the one of that time.
    return bool(address) and request.address in ("", address)


def _answers_for(referent: Referent, entry_id: int) -> bool:
    return referent.is_active and referent.entries.filter(pk=entry_id).exists()


def address_of(entry: ResourcePage, referent: Referent | None) -> str:
    return referent.email if referent else entry.email
