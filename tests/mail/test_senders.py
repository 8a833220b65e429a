"""Whoever receives a message of the portal reads in whose name it is."""

import re
from email.utils import parseaddr
from pathlib import Path

from django.core import mail

from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

import pytest

from home.models import StandardPage
from newsletter.mail.headers import signature
from newsletter.mail.messages import write
from portal.base.models import PortalSettings
from portal.mail import queue
from tests.factories.home import make_home
from tests.factories.users import member_of

ROOT = Path(__file__).parents[2]
APPS = ("actions", "home", "newsletter", "portal", "resources", "search")
#: The only two modules that make messages: the queue's sender, and the letter.
MAKERS = {"portal/mail/sender.py", "newsletter/mail/messages.py"}
_MAKES = re.compile(r"\b(?:EmailMessage|EmailMultiAlternatives|LetterMessage|send_mass_mail)\(")
_SENDS = re.compile(r"import .*\bsend_mail\b|\bmail\.send_mail\(|\bmail_(?:admins|managers)\(")


@pytest.fixture(autouse=True)
def _names(db: None) -> None:
    portal = PortalSettings.load()
    portal.site_name = "Santé mentale\n13"
    portal.save()


def test_two_modules_make_all_the_messages_of_the_product() -> None:
    made = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            code = re.sub(r"class \w+\(.*", "", path.read_text(encoding="utf-8"))
            if _MAKES.search(code) or _SENDS.search(code):
                made.add(str(path.relative_to(ROOT)))
    assert made == MAKERS


def test_the_queue_and_the_letter_sign_with_the_name_of_the_site() -> None:
    queue.enqueue("lea@x.example", kind="essai", subject="Bonjour", text="Bonjour")
    queue.send_waiting()
    letter = write("lea@x.example", "Lettre", "<p>a</p>", "a", signature())
    for message in (mail.outbox[0], letter):
        name, address = parseaddr(str(message.message()["From"]))
        assert name == "Santé mentale 13" or "Sant=C3=A9_mentale_13" in name
        assert "@" in address


def test_what_wagtail_writes_to_editors_leaves_by_the_queue_too() -> None:
    reader = member_of("Modération")
    page = make_home().add_child(instance=StandardPage(title="Page", slug="page", live=False))
    workflow = Workflow.objects.create(name="Relecture d’essai")
    task = GroupApprovalTask.objects.create(name="Relire")
    task.groups.set(reader.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    workflow.start(page, member_of("Rédaction"))
    assert mail.outbox == []
    queue.send_waiting()
    told = [sent for sent in mail.outbox if sent.to == [reader.email]]
    assert told
    assert all(parseaddr(sent.from_email)[0] for sent in told)
