"""The message that asks a pilot where their actions are: one link an action."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import PilotRequest
from actions.pilots.links import get_link
from actions.pilots.schedule import get_last_news
from portal.mail.queue import post
from portal.reminders.links import VALID_FOR

KIND = "pilot_request"


def send_message(address: str, requests: list[PilotRequest], *, is_reminder: bool) -> None:
    """One message for all that is asked of one pilot, in the transaction under way."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Où en est votre action ?", "Où en sont vos %(number)s actions ?", len(requests)
        ) % {"number": len(requests)}
        post(
            address,
            KIND,
            _("Rappel : %(subject)s") % {"subject": subject} if is_reminder else subject,
            preheader=_("Une minute, sans mot de passe."),
            days=VALID_FOR.days,
            is_reminder=is_reminder,
            asked=[_describe(request) for request in requests],
        )


def _describe(request: PilotRequest) -> dict[str, Any]:
    action = request.action
    return {
        "title": f"{action.reference} – {action.title}",
        "status": action.get_status_display(),
        "last_news": get_last_news(action),
        "link": get_link(request),
    }
