"""Parser of the messages of the bounce mailbox. Anybody may have written them: nothing is trusted.

Each server has its own way: reports that machines read (RFC 3464 for a bounce, RFC 5965 for a
complaint) are read here, and the many older forms by flufl.bounce.
"""

import email
import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.iterators import typed_subpart_iterator
from email.message import Message
from typing import Any
from uuid import UUID

from flufl.bounce import all_failures

from newsletter.mail.headers import LEAVE
from newsletter.models import Delivery
from portal.mail.smtp_replies import is_unknown_address

# It tells each step of its work, with what it has found.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

#: What is fetched of a message: Exchange puts a long page before what it has to say.
WHOLE = 512 * 1024
#: What is read of it, once its long lines are cut; the original's headers are in it.
_READ = 64 * 1024
# RFC 5321, 4.5.3.1.6. A line of a million signs would keep regular expressions busy for hours.
_LONGEST_LINE = 998

# Of what the server says itself.
_ENOUGH = 2000

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OUR_ID = re.compile(rf"<({_UUID})@", re.IGNORECASE)
_ID_IN_A_TEXT = re.compile(rf"^[> ]*message-id:\s*<({_UUID})@", re.IGNORECASE | re.MULTILINE)
_WISH = re.compile(rf"\b{LEAVE}\s+([\w-]{{20,64}})(?![\w-])", re.ASCII | re.IGNORECASE)
_TYPE_OF_DIAGNOSTIC = re.compile(r"^\s*[\w.-]+\s*;\s*")
_LINE_WITH_A_CODE = re.compile(r".*(?:\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b).*")
_A_MAIL_SERVER = re.compile(r"mailer-daemon|postmaster|mail delivery|delivery subsystem", re.I)
_WHERE_THE_ORIGINAL_BEGINS = re.compile(r"^[ \t]*(?:-{3}|message-id:|received:)", re.I | re.M)

# What a report of abuse may be about; the others (a forged sender, « not junk ») are no complaint.
_COMPLAINTS = {"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"}


@dataclass(frozen=True)
class ReturnedMessage:
    """A message that did not arrive, or that its reader called unwanted.

    ``delivery_uuid`` is in the Message-ID of the original, which only its reader has seen.
    """

    delivery_uuid: UUID | None
    address: str | None
    kind: str
    words: str = ""


@dataclass(frozen=True)
class LeaveRequest:
    """Somebody wrote to the address of List-Unsubscribe."""

    token: str


@dataclass(frozen=True)
class IrrelevantMessage:
    """Understood, and nothing follows: the message is late, or has arrived."""


def parse_message(raw: bytes) -> ReturnedMessage | LeaveRequest | IrrelevantMessage | None:
    """What a message says; None when no machine can tell: a person's words, an absence, junk."""
    lines = (line[:_LONGEST_LINE] for line in raw[:WHOLE].splitlines())
    message = email.message_from_bytes(b"\n".join(lines)[:_READ])
    return _complaint(message) or _status(message) or _wish(message) or _older_form(message)


def _wish(message: Message) -> LeaveRequest | None:
    # « désinscription » typed by hand has its accent, the subject that letters offer has none.
    subject = unicodedata.normalize("NFD", _subject(message))
    wish = _WISH.search("".join(char for char in subject if not unicodedata.combining(char)))
    return LeaveRequest(wish.group(1)) if wish else None


def _subject(message: Message) -> str:
    """Encoded as it should be (RFC 2047), or as bare UTF-8, which is seen as well."""
    raw = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
    written = str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        return written


def _complaint(message: Message) -> ReturnedMessage | IrrelevantMessage | None:
    for fields in _blocks(message, "feedback-report"):
        if str(fields.get("Feedback-Type", "")).strip().lower() not in _COMPLAINTS:
            return IrrelevantMessage()
        address = str(fields.get("Original-Rcpt-To", "")).strip("<> ") or None
        return ReturnedMessage(_uuid(message), address, Delivery.Bounce.COMPLAINT)
    return None


def _status(message: Message) -> ReturnedMessage | IrrelevantMessage | None:
    told = [block for block in _blocks(message, "delivery-status") if block.get("Action")]
    failed = [block for block in told if _action(block).startswith(("fail", "error"))]
    if not failed:
        return IrrelevantMessage() if told else None
    status = str(failed[0].get("Status", "")).strip()
    words = _TYPE_OF_DIAGNOSTIC.sub("", str(failed[0].get("Diagnostic-Code", ""))[:_ENOUGH])
    # A server that gives up after days still says 4.x.x: the address may be a good one.
    hard = not status.startswith("4") and is_unknown_address(f"{status} {words}")
    return _returned(message, words or status, hard=hard)


def _action(block: Message) -> str:
    return str(block.get("Action", "")).strip().lower()


def _older_form(message: Message) -> ReturnedMessage | IrrelevantMessage | None:
    if _is_answer_of_an_absent(message):
        return None
    temporary, permanent = _who_failed(message)
    if not permanent:
        return IrrelevantMessage() if temporary else None
    words = _what_the_server_says(message)
    with_code = _LINE_WITH_A_CODE.search(words)
    said = with_code.group() if with_code else words
    return _returned(message, said, hard=is_unknown_address(words))


def _is_answer_of_an_absent(message: Message) -> bool:
    """RFC 3834; but mail servers use its header as well for their bounces."""
    if message.get("X-Failed-Recipients") or _A_MAIL_SERVER.search(str(message.get("From", ""))):
        return False
    if str(message.get("Auto-Submitted", "")).strip().lower().startswith("auto-replied"):
        return True
    return any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"))


def _returned(message: Message, words: str, *, hard: bool) -> ReturnedMessage:
    kind = Delivery.Bounce.HARD if hard else Delivery.Bounce.SOFT
    return ReturnedMessage(
        _uuid(message), _only_address(message), kind, " ".join(words.split())[:500]
    )


def _only_address(message: Message) -> str | None:
    """Who failed. Letters leave one by one: a bounce that names several is about something else."""
    _temporary, permanent = _who_failed(message)
    return next(iter(permanent)) if len(permanent) == 1 else None


def _who_failed(message: Message) -> tuple[set[str], set[str]]:
    """The addresses for which it is late, and those for which it is over."""
    try:
        late, over = all_failures(message)
    except (LookupError, ValueError, TypeError, AttributeError):
        return set(), set()  # No server writes so: there is no « From », for instance.
    # Before Python 3.11.5, an empty header is read as an empty address.
    return (
        {_ascii(address) for address in late if address},
        {_ascii(address) for address in over if address},
    )


def _ascii(address: bytes) -> str:
    return address.decode("ascii", "replace")


def _what_the_server_says(message: Message) -> str:
    """The first words of the message, without the copy of the original that may follow."""
    for part in typed_subpart_iterator(message, "text", "plain"):
        text = _text(part)
        original = _WHERE_THE_ORIGINAL_BEGINS.search(text)
        if said := text[: original.start() if original else None].strip():
            return said[:_ENOUGH]
    return ""


def uuid_in(identifier: str) -> UUID | None:
    """The row that a Message-ID names; none when it is of another message than ours."""
    ours = _OUR_ID.search(identifier)
    return UUID(ours.group(1)) if ours else None


def _uuid(message: Message) -> UUID | None:
    """The row whose message came back, from the original that servers put in their bounces."""
    return next(filter(None, map(uuid_in, _original_ids(message))), None)


def _original_ids(message: Message) -> Iterator[str]:
    for part in message.walk():
        yield from (str(original.get("Message-ID", "")) for original in _originals(part))
    for block in _blocks(message, "delivery-status"):
        yield str(block.get("X-Original-Message-ID", ""))
    for text in map(_text, typed_subpart_iterator(message, "text", "plain")):
        yield from (f"<{found}@" for found in _ID_IN_A_TEXT.findall(text))
    yield str(message.get("In-Reply-To", ""))
    yield str(message.get("References", ""))


def _originals(part: Message) -> Iterator[Message]:
    """The original, or its headers alone, if this part holds it."""
    kind, held = part.get_content_type(), part.get_payload()
    if kind == "text/rfc822-headers":
        yield email.message_from_string(_text(part))
    elif kind in ("message/rfc822", "message/global", "message/global-headers"):
        yield from (held if isinstance(held, list) else [])  # type: ignore[misc]


def _blocks(message: Message, subtype: str) -> Iterator[Message]:
    """The groups of fields of a report that machines read."""
    for part in typed_subpart_iterator(message, "message", subtype):
        held = part.get_payload()  # type: ignore[attr-defined]
        yield from (held if isinstance(held, list) else [])


def _text(part: Any) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
