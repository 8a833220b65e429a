"""Headers of each message: recipient, List-ID (RFC 2919), List-Unsubscribe (RFC 8058), sender."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from newsletter.mail.links import unsubscribe_address
from newsletter.models import Delivery, LetterSettings
from portal.base.models import PortalSettings

#: The subject of a message that asks to leave, followed by the token.
LEAVE = "desinscription"


@dataclass(frozen=True, slots=True)
class LetterSignature:
    """Who signs (« PTSM des Bouches-du-Rhône <contact@…> »), and who reads the answers.

    The same for all the messages of a round, which read the settings once.
    """

    sender: str
    reply_to: str


def signature() -> LetterSignature:
    """As the settings say it; ``reply_to`` is empty when nobody was named."""
    portal, letter = PortalSettings.load(), LetterSettings.load()
    # One line, whatever was pasted: a header with two would stop every message.
    name = " ".join((letter.sender_name or portal.site_name).split())
    return LetterSignature(
        sender=formataddr((name, own_address()), charset="utf-8"),
        reply_to=letter.answers_to,
    )


def own_address() -> str:
    """The address that signs, without its name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def return_address() -> str:
    """Where messages that fail come back: the mailbox that the portal reads, if it has one."""
    return settings.PORTAL_BOUNCE_ADDRESS or own_address()


def message_id(delivery: Delivery) -> str:
    """The same each time the same row is sent again (RFC 5322)."""
    return f"<{delivery.uuid}@{own_address().rpartition('@')[2]}>"


def issue_headers(delivery: Delivery, token: str) -> dict[str, str]:
    """Those of an issue: how to leave in one click (RFC 8058), which list it is (RFC 2919)."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    mailto = f"mailto:{return_address()}?subject={quote(f'{LEAVE} {token}')}"
    return {
        "Message-ID": message_id(delivery),
        "List-ID": f"{_list_name()} <lettre.{host}>",
        "List-Unsubscribe": f"<{unsubscribe_address(token)}>, <{mailto}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # Which sending, for the statistics of the big mail hosts; never which person.
        "Feedback-ID": f"{delivery.mailing_id or 0}:lettre:{host}",
    }


def answer_headers(delivery: Delivery, token: str) -> dict[str, str]:
    """Those of a message that answers a request: no robot should answer it (RFC 3834)."""
    return {
        "Message-ID": message_id(delivery),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{unsubscribe_address(token)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _list_name() -> str:
    # ASCII only: an encoded word may stand here, but few list filters read it.
    return '"' + _("La lettre du PTSM") + '"'
