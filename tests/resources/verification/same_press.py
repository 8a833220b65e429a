"""Twenty people who press « Tout est juste » at the same instant, each in a process of its own.

``python -m tests.resources.verification.same_press`` plays in the database of ``DATABASE_URL``
and prints, as JSON, what each was answered and what the database holds then.
"""

import json
from typing import Any

import django

PEOPLE = 20


def main() -> dict[str, Any]:
    django.setup()
    from django.test import Client

    from wagtail.models import Page

    from home.models import HomePage
    from resources.models import Verification, VerificationRequest
    from resources.verification.reminders import send_due_requests
    from resources.verification.tokens import sign_key
    from tests.factories.resources import DirectoryPageFactory
    from tests.factories.verification import live_entry
    from tests.faults.processes import at_once

    home = HomePage(title="Accueil", slug="accueil-presse")
    Page.get_first_root_node().add_child(instance=home)
    entry = live_entry(DirectoryPageFactory(parent=home), email="a@structure.example")
    send_due_requests()
    address = f"/verifier/{sign_key(VerificationRequest.objects.get(entry=entry).key)}/"
    client = Client()
    client.get("/healthz")  # loaded once, for all the processes
    answers = at_once(PEOPLE, lambda: client.post(address, {"reponse": "juste"}).status_code)
    return {
        "answers": sorted(answers),
        "rows": Verification.objects.filter(entry=entry).count(),
        "states": list(VerificationRequest.objects.values_list("state", flat=True)),
    }


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201
