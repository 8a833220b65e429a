"""What the frame of every message says: whose it is, whom to call, who answers."""

from typing import Any

from portal.base.models import PortalSettings
from portal.crisis.help_numbers import CRISIS_NUMBERS


def frame_context() -> dict[str, Any]:
    """The context of « mail/frame.mjml » and of the text templates, without the message's own."""
    portal = PortalSettings.load()
    return {
        "portal_name": " · ".join(filter(None, [portal.site_name, portal.department_name])),
        "help_numbers": CRISIS_NUMBERS,
        "reply_to": portal.contact_email,
        "controller": portal.operator,
    }
