"""Twenty people who press « Tout est juste » at the same instant, each in a process of its own.

``python -m tests.resources.same_press`` plays in the database of ``DATABASE_URL`` and prints, as
JSON, what each was answered and what the database holds then.
"""

import json
import os
from typing import Any

import django

PEOPLE = 20


def main() -> dict[str, Any]:
    django.setup()
    from django.test import Client

    from wagtail.models import Page

    from home.models import HomePage
    from resources.models import Verification, VerificationRequest
    from resources.verification.asking import ask_structures
    from resources.verification.links import sign
    from tests.factories.resources import DirectoryPageFactory
    from tests.factories.verification import live_entry
    from tests.faults.letter_world import fork

    home = HomePage(title="Accueil", slug="accueil-presse")
    Page.get_first_root_node().add_child(instance=home)
    entry = live_entry(DirectoryPageFactory(parent=home), email="a@structure.example")
    ask_structures()
    address = f"/verifier/{sign(VerificationRequest.objects.get(entry=entry).key)}/"
    gun, answers = os.pipe(), os.pipe()
    client = Client()
    client.get("/healthz")  # loaded once, for all the processes

    def press() -> None:
        os.read(gun[0], 1)
        status = client.post(address, {"reponse": "juste"}).status_code
        os.write(answers[1], bytes([status // 100]))

    children = [fork(press) for _ in range(PEOPLE)]
    os.write(gun[1], b"x" * PEOPLE)
    for child in children:
        os.waitpid(child, 0)
    os.set_blocking(answers[0], False)
    return {
        "answers": sorted(set(os.read(answers[0], PEOPLE))),
        "rows": Verification.objects.filter(entry=entry).count(),
        "states": list(VerificationRequest.objects.values_list("state", flat=True)),
    }


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201
