"""Signed links of verification requests: each opens one entry, for thirty days."""

from django.urls import reverse
from django.utils import timezone

from portal.mail.layout import absolute
from portal.reminders.links import LinkSigner, LinkState, get_link_state
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.verification.schedule import is_verifiable

_signer = LinkSigner("resources.verification")


def sign_key(key: str) -> str:
    return _signer.sign(key)


def get_answer_url(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify", args=[sign_key(request.key)]))


def get_correction_url(request: VerificationRequest) -> str:
    return absolute(reverse("resources:verify_correct", args=[sign_key(request.key)]))


def check_link(signed: str) -> tuple[LinkState, VerificationRequest | None]:
    """What a link is good for; nothing changes."""
    key = _signer.read(signed)
    if key is None:
        return LinkState.BROKEN, None
    requests = VerificationRequest.objects.select_related("entry", "referent")
    request = requests.filter(key=key).first()
    if request is None:
        return LinkState.GONE, None
    is_moot = not (is_verifiable(request.entry) and is_valid_recipient(request))
    return get_link_state(request, timezone.now(), is_moot=is_moot), request


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
