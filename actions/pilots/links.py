"""Signed links of the questions to pilots."""

from django.urls import reverse
from django.utils import timezone

from actions.models import PilotRequest
from actions.pilots.schedule import is_followed, leads
from portal.mail.layout import absolute
from portal.reminders.links import LinkSigner, LinkState, get_link_state

_signer = LinkSigner("actions.pilots")


def get_link(request: PilotRequest) -> str:
    return absolute(reverse("actions:where_we_are", args=[_signer.sign(request.key)]))


def is_relevant(request: PilotRequest) -> bool:
    """Whether the action is still followed, by this person, at the address that was asked."""
    pilot = request.pilot
    # Once over, a request has lost its address: it went to the one of that time.
    is_theirs = request.address.casefold() in ("", pilot.email.casefold())
    return is_theirs and is_followed(request.action) and leads(pilot, request.action_id)


def check_link(signed: str) -> tuple[LinkState, PilotRequest | None]:
    """What a link is good for; nothing changes."""
    key = _signer.read(signed)
    if key is None:
        return LinkState.BROKEN, None
    request = PilotRequest.objects.select_related("pilot", "action").filter(key=key).first()
    if request is None:
        return LinkState.GONE, None
    is_moot = not is_relevant(request)
    return get_link_state(request, timezone.now(), is_moot=is_moot), request
