"""Test message of an issue to its editor: no delivery is recorded, its links change nothing."""

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.backends import get_backend
from newsletter.mail.headers import issue_headers, signature
from newsletter.mail.issue import render_issue
from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
from newsletter.mail.messages import write
from newsletter.models import Delivery, IssuePage
from portal.text.date_format import format_date

#: As long as a token, and nobody's: its links are shown, and unsubscribe no one.
NOBODY = "essai-de-la-lettre-qui-ne-desinscrit-person"


def latest_version(issue: IssuePage) -> IssuePage:
    """The issue as it is being written, which may not be published yet."""
    return issue.get_latest_revision_as_object() if issue.has_unpublished_changes else issue


def send_test(issue: IssuePage, address: str) -> None:
    """Give the message to the mail server now. Raises NotSent, with the server's words."""
    rendered = render_issue(issue)
    since = format_date(timezone.localdate())
    html, text = (
        words.replace(TOKEN_HERE, NOBODY).replace(SINCE_HERE, since)
        for words in (rendered.html, rendered.text)
    )
    message = write(address, f"[{_('Essai')}] {rendered.subject}", html, text, signature())
    message.extra_headers.update(issue_headers(Delivery(kind=Delivery.Kind.ISSUE), NOBODY))
    backend = get_backend()
    try:
        backend.send(message)
    finally:
        backend.close()
