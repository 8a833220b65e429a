"""Signed links of verification requests: each opens one entry, for thirty days."""

from datetime import datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from portal.mail.layout import absolute
from resources.editor_choices import RequestState
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.verification.schedule import is_verifiable

VALID_FOR = timedelta(days=30)
_signer = Signer(salt="resources.verification", sep=".")


class LinkState(Enum):
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


def sign_key(key: str) -> str:
    return _signer.sign(key)


def get_answer_url(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify", args=[sign_key(request.key)]))


def get_correction_url(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify_correct", args=[sign_key(request.key)]))


def check_link(signed: str) -> tuple[LinkState, VerificationRequest | None]:
    """What a link is good for; nothing changes."""
    try:
        key = _signer.unsign(signed)
    except BadSignature:
        return LinkState.BROKEN, None
    requests = VerificationRequest.objects.select_related("entry", "referent")
    request = requests.filter(key=key).first()
    return (_link_state(request, timezone.now()), request) if request else (LinkState.GONE, None)


def _link_state(request: VerificationRequest, now: datetime) -> LinkState:
    if request.state == RequestState.ANSWERED:
        return LinkState.ANSWERED
    if request.state == RequestState.CANCELLED or not is_verifiable(request.entry):
        return LinkState.OVER
    if not is_valid_recipient(request):
        return LinkState.OVER
    if request.state == RequestState.EXPIRED or now >= request.sent_at + VALID_FOR:
        return LinkState.EXPIRED
    return LinkState.OPEN


def is_valid_recipient(request: VerificationRequest) -> bool:
    """A referent who still answers for the entry; without one, its generic address of today."""
    referent = request.referent
    if referent is not None and not _answers_for(referent, request.entry_id):
        return False
    address = get_recipient_address(request.entry, referent)
    # Once over, a request has lost its address: it went to the one of that time.
    return bool(address) and request.address in ("", address)


def _answers_for(referent: Referent, entry_id: int) -> bool:
    return referent.is_active and referent.entries.filter(pk=entry_id).exists()


def get_recipient_address(entry: ResourcePage, referent: Referent | None) -> str:
    return referent.email if referent else entry.email
