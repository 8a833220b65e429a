"""Messages that come back, as servers write them."""

from uuid import UUID

OUR_DOMAIN = "ptsm.example"
RETURNS = f"retours@{OUR_DOMAIN}"


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def original_headers(uuid: UUID | str | None, to: str = "ana@x.example") -> str:
    named = f"Message-ID: <{uuid}@{OUR_DOMAIN}>\n" if uuid else ""
    return (
        f"Return-Path: <{RETURNS}>\n"
        f"From: PTSM <ptsm@{OUR_DOMAIN}>\n"
        f"To: {to}\n"
        "Subject: =?utf-8?q?Lettre_d=E2=80=99=C3=A9t=C3=A9?=\n"
        f"{named}"
        'List-ID: "La lettre du PTSM" <lettre.ptsm.example>\n'
    )


def status_report(
    uuid: UUID | str | None = None,
    *,
    to: str = "ana@x.example",
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <ana@x.example>: Recipient address rejected: User unknown",
    included: str = "text/rfc822-headers",
) -> bytes:
    """A report of RFC 3464, as Postfix writes it."""
    diagnostic = f"Diagnostic-Code: {diagnostic}\n" if diagnostic else ""
    return crlf(
        "Return-Path: <>\n"
        "From: MAILER-DAEMON@mx.x.example (Mail Delivery System)\n"
        f"To: {RETURNS}\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="limite"\n'
        "Message-ID: <20261003.1234@mx.x.example>\n"
        "\n"
        "--limite\n"
        "Content-Description: Notification\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "\n"
        "This is the mail system at host mx.x.example.\n"
        "\n"
        "--limite\n"
        "Content-Description: Delivery report\n"
        "Content-Type: message/delivery-status\n"
        "\n"
        "Reporting-MTA: dns; mx.x.example\n"
        "Arrival-Date: Sat,  3 Oct 2026 09:30:00 +0200 (CEST)\n"
        "\n"
        f"Final-Recipient: rfc822; {to}\n"
        f"Original-Recipient: rfc822;{to}\n"
        f"Action: {action}\n"
        f"Status: {status}\n"
        f"{diagnostic}"
        "\n"
        "--limite\n"
        "Content-Description: Undelivered Message\n"
        f"Content-Type: {included}\n"
        "\n"
        f"{original_headers(uuid, to)}"
        "\n"
        "--limite--\n"
    )


def complaint_report(
    uuid: UUID | str | None = None, *, kind: str = "abuse", to: str = "ana@x.example"
) -> bytes:
    """A report of RFC 5965, as a big mail host sends it when its reader says « junk »."""
    return crlf(
        "From: <feedback@host.example>\n"
        f"To: {RETURNS}\n"
        "Subject: FW: Lettre\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="limite"\n'
        "\n"
        "--limite\n"
        "Content-Type: text/plain\n"
        "\n"
        "This is an email abuse report.\n"
        "\n"
        "--limite\n"
        "Content-Type: message/feedback-report\n"
        "\n"
        f"Feedback-Type: {kind}\n"
        "User-Agent: Host/1.0\n"
        "Version: 1\n"
        f"Original-Rcpt-To: <{to}>\n"
        "\n"
        "--limite\n"
        "Content-Type: message/rfc822\n"
        "\n"
        f"{original_headers(uuid, to)}"
        "\n"
        "Bonjour\n"
        "\n"
        "--limite--\n"
    )


def exim_bounce(
    uuid: UUID | str | None = None,
    *,
    to: str = "ana@x.example",
    words: str = "550 5.1.1 No such user",
) -> bytes:
    """What Exim writes when it is not asked for reports: words, then a copy."""
    return crlf(
        "Return-Path: <>\n"
        f"X-Failed-Recipients: {to}\n"
        "Auto-Submitted: auto-replied\n"
        "From: Mail Delivery System <Mailer-Daemon@mx.x.example>\n"
        f"To: {RETURNS}\n"
        "Subject: Mail delivery failed: returning message to sender\n"
        "Message-Id: <E1aBcDe-0001Ab-CD@mx.x.example>\n"
        "\n"
        "This message was created automatically by mail delivery software.\n"
        "\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n"
        "\n"
        f"  {to}\n"
        f"    SMTP error from remote mail server after RCPT TO:<{to}>:\n"
        f"    host mx.y.example [192.0.2.1]: {words}\n"
        "\n"
        "------ This is a copy of the message, including all the headers. ------\n"
        "\n"
        f"{original_headers(uuid, to)}"
        "\n"
        "Bonjour\n"
    )


def qmail_bounce(
    uuid: UUID | str | None = None,
    *,
    to: str = "ana@x.example",
    words: str = "Sorry, no mailbox here by that name. (#5.1.1)",
) -> bytes:
    return crlf(
        "Return-Path: <>\n"
        "From: MAILER-DAEMON@mx.x.example\n"
        f"To: {RETURNS}\n"
        "Subject: failure notice\n"
        "\n"
        "Hi. This is the qmail-send program at mx.x.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n"
        "\n"
        f"<{to}>:\n"
        f"{words}\n"
        "\n"
        "--- Below this line is a copy of the message.\n"
        "\n"
        f"{original_headers(uuid, to)}"
        "\n"
        "Bonjour\n"
    )


def gmail_late(to: str = "ana@x.example") -> bytes:
    """A warning in words alone: it is late, and will be tried again."""
    return crlf(
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>\n"
        f"To: {RETURNS}\n"
        "Subject: Delivery Status Notification (Delay)\n"
        "\n"
        "Delivery to the following recipient has been delayed:\n"
        "\n"
        f"     {to}\n"
        "\n"
        "Message will be retried for 2 more day(s)\n"
    )


def written(subject: str, body: str = "Bonjour", headers: str = "") -> bytes:
    """What a person writes, or the answer of somebody who is away."""
    return crlf(
        f"From: Ana <ana@x.example>\nTo: {RETURNS}\n{headers}Subject: {subject}\n\n{body}\n"
    )


def away(uuid: UUID | str | None = None, headers: str = "Auto-Submitted: auto-replied\n") -> bytes:
    named = f"In-Reply-To: <{uuid}@{OUR_DOMAIN}>\n" if uuid else ""
    return written(
        "Absence : Lettre du PTSM",
        "Je suis en arrêt jusqu'au 12. ana@x.example ne sera pas lu.\n"
        "Your message was not delivered to:\n ana@x.example\nbecause: away\n",
        headers + named,
    )
