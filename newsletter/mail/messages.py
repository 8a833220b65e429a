"""The message of a delivery, ready to be sent."""

from email.charset import QP, Charset
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from newsletter.mail import headers, transactional
from newsletter.mail.headers import LetterSignature
from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
from newsletter.models import Delivery, Mailing, Subscriber
from portal.text.date_format import format_date

# Accents travel as ASCII, in short lines: no server on the way has anything to convert.
_SHORT_ASCII_LINES = Charset("utf-8")
_SHORT_ASCII_LINES.body_encoding = QP


# Below the 998 octets that a line may have (RFC 5322), and above what any header of ours holds:
# folded, an address would begin on the next line, where some programs do not look for it.
_LONGEST_HEADER = 900


class LetterMessage(EmailMultiAlternatives):
    """A message whose headers stay on one line."""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        message.policy = message.policy.clone(max_line_length=_LONGEST_HEADER)
        return message


def message_for(
    delivery: Delivery, signed: LetterSignature | None = None
) -> EmailMultiAlternatives:
    """The message of a row, ready to be carried; the row's person must still be there."""
    signed = signed or headers.signature()
    subscriber = delivery.subscriber
    if subscriber is None:
        raise ValueError("This row is nobody's any more.")
    if delivery.mailing is not None:
        return _issue(delivery, delivery.mailing, subscriber, signed)
    rendered = transactional.render(delivery)
    message = write(subscriber.email, rendered.subject, rendered.html, rendered.text, signed)
    message.extra_headers.update(headers.answer_headers(delivery, subscriber.token))
    return message


def _issue(
    delivery: Delivery, mailing: Mailing, subscriber: Subscriber, signed: LetterSignature
) -> EmailMultiAlternatives:
    since = format_date(timezone.localdate(subscriber.consented_at))
    html, text = (
        words.replace(TOKEN_HERE, subscriber.token).replace(SINCE_HERE, since)
        for words in (mailing.html, mailing.text)
    )
    message = write(subscriber.email, mailing.subject, html, text, signed)
    message.extra_headers.update(headers.issue_headers(delivery, subscriber.token))
    return message


def write(
    to: str, subject: str, html: str, text: str, signed: LetterSignature
) -> EmailMultiAlternatives:
    """A message of the letter: its text, its HTML, who signs, where answers and bounces go."""
    message = LetterMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=signed.sender,
        to=[to],
        reply_to=[signed.reply_to] if signed.reply_to else None,
    )
    message.attach_alternative(html, "text/html")
    message.encoding = _SHORT_ASCII_LINES
    message.envelope_sender = headers.return_address()  # type: ignore[attr-defined]
    return message
