"""The mailbox where messages come back, read over IMAP (RFC 3501).

What was understood is deleted: it tells of somebody's health as much as the letter does. What
was not gets a star, for a person to read, and is passed over the next time. A reader that is
killed leaves a message that was noted and is still there: noting it again changes nothing.
"""

import imaplib
import logging
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter.bounces.parser import WHOLE, IrrelevantMessage, LeaveRequest, parse_message
from newsletter.bounces.record_bounce import record_returned
from newsletter.services.subscription import unsubscribe_by_token
from portal.jobs.registry import stop_asked

logger = logging.getLogger(__name__)

TIMEOUT = 8  # seconds
#: Other jobs wait meanwhile: what is left is read the next time.
MOST_AT_ONCE = 200
_NOT_YET_READ = "UNDELETED UNFLAGGED"


class MailboxOutcome(StrEnum):
    """What one message turned out to be."""

    RETURNED = "returned"
    LEFT = "left"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class MailboxAway(Exception):
    """Why the mailbox could not be read, in French and without its account."""


def read_mailbox(most: int = MOST_AT_ONCE) -> Counter[MailboxOutcome]:
    """Read what has come since the last time; how many messages were what. Raises MailboxAway."""
    found: Counter[MailboxOutcome] = Counter()
    with _mailbox() as mailbox:
        for uid in _not_yet_read(mailbox)[:most]:
            if stop_asked():
                break
            raw = _fetch(mailbox, uid)
            if raw is None:
                continue  # somebody else has just taken it away
            kind = _understand(raw)
            found[kind] += 1
            flag = r"\Flagged" if kind == MailboxOutcome.UNKNOWN else r"\Deleted"
            _told(mailbox.uid("STORE", uid, "+FLAGS.SILENT", f"({flag})"))
        _told(mailbox.expunge())
    return found


def describe_outcomes(found: Counter[MailboxOutcome]) -> str:
    """What was found, in one sentence without anybody in it; empty when nothing was."""
    sentences = {
        MailboxOutcome.RETURNED: ngettext(
            "%d retour noté", "%d retours notés", found[MailboxOutcome.RETURNED]
        ),
        MailboxOutcome.LEFT: ngettext(
            "%d désinscription", "%d désinscriptions", found[MailboxOutcome.LEFT]
        ),
        MailboxOutcome.NOTHING: ngettext(
            "%d message sans suite", "%d messages sans suite", found[MailboxOutcome.NOTHING]
        ),
        MailboxOutcome.UNKNOWN: ngettext(
            "%d message laissé à lire", "%d messages laissés à lire", found[MailboxOutcome.UNKNOWN]
        ),
    }
    told = [sentence % found[kind] for kind, sentence in sentences.items() if found[kind]]
    return ", ".join(told) + "." if told else ""


def _understand(raw: bytes) -> MailboxOutcome:
    """Act on one message; one that breaks its reader stops none of the others."""
    try:
        return _act_on(raw)
    except DatabaseError:
        raise  # Not this message's doing: it stays as it is, for the next time.
    except Exception as reason:  # noqa: BLE001 (anybody may have written it)
        logger.warning("A message that came back cannot be read (%s).", type(reason).__name__)
        return MailboxOutcome.UNKNOWN


def _act_on(raw: bytes) -> MailboxOutcome:
    said = parse_message(raw)
    if said is None:
        return MailboxOutcome.UNKNOWN
    if isinstance(said, IrrelevantMessage):
        return MailboxOutcome.NOTHING
    if isinstance(said, LeaveRequest):
        # Of a token that names nobody any more there is nothing left to do either.
        return MailboxOutcome.LEFT if unsubscribe_by_token(said.token) else MailboxOutcome.NOTHING
    return MailboxOutcome.RETURNED if record_returned(said) else MailboxOutcome.UNKNOWN


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """The mailbox, open; whatever goes wrong on the way is one and the same exception."""
    mailbox = None
    try:
        mailbox = _connect()
        yield mailbox
    # Never their own words: servers repeat what they were told.
    except (imaplib.IMAP4.error, UnicodeEncodeError) as reason:
        raise MailboxAway(_why(reason)) from None
    except OSError as reason:
        raise MailboxAway(
            _("La boîte des retours ne répond pas (%s).") % type(reason).__name__
        ) from None
    finally:
        if mailbox:
            with suppress(imaplib.IMAP4.error, OSError):
                mailbox.logout()


def _why(reason: Exception) -> str:
    if isinstance(reason, imaplib.IMAP4.abort) and not isinstance(reason, imaplib.IMAP4.readonly):
        return _("La boîte des retours a raccroché.")
    return _("La boîte des retours refuse le compte, le dossier, ou d’effacer ce qui est lu.")


def _connect() -> imaplib.IMAP4:
    account = settings.PORTAL_BOUNCE_MAILBOX
    mailbox = _call(account)
    try:
        _log_in(mailbox, account["USER"], account["PASSWORD"])
        _told(mailbox.select(f'"{account["FOLDER"]}"'))
    except BaseException:
        with suppress(OSError):
            mailbox.shutdown()
        raise
    return mailbox


def _call(account: dict[str, Any]) -> imaplib.IMAP4:
    if not account["USE_TLS"]:
        return imaplib.IMAP4(account["HOST"], account["PORT"], timeout=TIMEOUT)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(account["HOST"], account["PORT"], ssl_context=context, timeout=TIMEOUT)


def _log_in(mailbox: imaplib.IMAP4, user: str, password: str) -> None:
    if "AUTH=PLAIN" in mailbox.capabilities:
        mailbox.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    else:  # The older way, which has no blanks in names and no accents.
        mailbox.login(user, password)


def _not_yet_read(mailbox: imaplib.IMAP4) -> list[str]:
    (found, *_rest) = _told(mailbox.uid("SEARCH", _NOT_YET_READ))
    return (found or b"").decode("ascii").split()


def _fetch(mailbox: imaplib.IMAP4, uid: str) -> bytes | None:
    # PEEK: a message is « seen » when a person has seen it.
    parts = _told(mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{WHOLE}>)"))
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _told(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return data
