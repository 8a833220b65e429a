"""Requests that write a message while the mail server says nothing, in a process of its own.

``python -m tests.faults.mail_world sign_in`` plays a scene in the database of ``DATABASE_URL``
and prints as JSON what was seen before the mail server said its first word, and after.
"""

import json
import re
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

from tests.servers.smtp import Sink


class MuteServer:
    """A mail server that takes calls and says nothing until it is told to speak."""

    def __init__(self) -> None:
        self.may_speak = threading.Event()
        self.sink = Sink(on_connect=self._wait)

    def _wait(self, _address: str, _nth: int) -> None:
        self.may_speak.wait()


def main(name: str) -> dict[str, Any]:
    django.setup()
    from django.test import override_settings

    server = MuteServer()
    with server.sink as sink:
        try:
            with override_settings(
                EMAIL_PORT=sink.port, EMAIL_TIMEOUT=None, PORTAL_MAIL_AT_ONCE=True
            ):
                return SCENES[name](server)
        finally:
            server.may_speak.set()


def sign_in(server: MuteServer) -> dict[str, Any]:
    """Ask for a code, then sign in with it."""
    from django.test import Client

    from portal.mail.models import OutgoingMessage
    from tests.factories.users import member_of

    editor, client = member_of("Rédaction"), Client()
    asked = client.post("/compte/login/code/", {"email": editor.email})
    before = {"status": asked.status_code, "taken": len(server.sink.messages)}
    let_attempts_end(server)
    [received] = server.sink.messages
    words = received.parsed().get_content().replace("\r", "")
    code = re.search(r"^[A-Z0-9-]{6,}$", words, re.MULTILINE)
    answer = client.post("/compte/login/code/confirm/", {"code": code.group() if code else ""})
    row = OutgoingMessage.objects.get()
    return {"before": before, "state": row.state, "kept": row.text, "leads_to": answer.url}


def contact(server: MuteServer) -> dict[str, Any]:
    """Write to the PTSM."""
    from wagtail.models import Page

    from home.models import ContactMessage
    from home.services import receive_message
    from portal.base.models import PortalSettings

    portal = PortalSettings.load()
    portal.contact_email = "ptsm@exemple.example"
    portal.save()
    words = {"subject": "autre", "name": "", "email": "", "message": "Bonjour à vous"}
    message = receive_message(Page.get_first_root_node(), words)
    before = {"taken": len(server.sink.messages), "mailed": bool(message.mailed_at)}
    let_attempts_end(server)
    message = ContactMessage.objects.get()
    return {
        "before": before,
        "recipients": server.sink.recipients,
        "mailed": bool(message.mailed_at),
    }


def let_attempts_end(server: MuteServer) -> None:
    """Let the server speak, and wait until nobody speaks to it any more."""
    server.may_speak.set()
    for thread in threading.enumerate():
        if thread.name.startswith("mail-"):
            thread.join()


SCENES: dict[str, Callable[[MuteServer], dict[str, Any]]] = {
    "sign_in": sign_in,
    "contact": contact,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
