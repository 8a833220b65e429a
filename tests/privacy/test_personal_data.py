"""What the portal holds about somebody: shown to them, erased everywhere, and not brought back."""

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import quote

from django.core import serializers
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, Revision

import pytest
from allauth.account.models import EmailAddress

from home.models import ContactMessage, StandardPage
from newsletter.models import Delivery, Movement, Subscriber, Suppression
from portal.mail.addresses import hash_of, normalise
from portal.privacy import erasure_journal
from portal.privacy.address_spellings import mentions, spellings, without_address
from portal.privacy.registry import erase_person
from portal.privacy.traces import find_traces
from portal.users.models import User
from tests.factories import letter
from tests.factories.users import UserFactory

TYPED = "Zoe.Marquee+Lettre@Bücher-Temoin.Example"
ADDRESS = normalise(TYPED)
KEY = ADDRESS.key
FIVE = [
    TYPED,
    TYPED.lower(),
    TYPED.upper(),
    quote(ADDRESS.shown, safe=""),
    KEY,  # its domain in ASCII
]
FOLDER_BACKEND = "portal.mail.file_backend.FileEmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.PORTAL_ERASURE_JOURNAL = str(tmp_path / "effacements.jsonl")
    settings.EMAIL_BACKEND = FOLDER_BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def everything_in_the_database() -> str:
    """Every value of every row, as text: what a dump of the database holds."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            said += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(said)


def everything_in(folder: Path) -> str:
    return "\n".join(
        file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file()
    )


def a_person_everywhere() -> Subscriber:
    """Somebody of whom the portal holds something in each of the places that it has."""
    subscriber = letter.subscriber_of(TYPED, topics=[letter.topic()])
    letter.sent_delivery(subscriber, answer="250 ok for zoe.marquee", service_id="abc")
    letter.delivery(subscriber, kind=Delivery.Kind.CONFIRM)
    ContactMessage.objects.create(subject="autre", name="Zoé", email=TYPED, message="Bonjour")
    ContactMessage.objects.create(
        subject="autre", email="tiers@x.example", message=f"Écrivez à {TYPED.upper()}, merci."
    )
    account = UserFactory(email=TYPED, first_name="Zoé", last_name="Marquée")
    log(account, "wagtail.edit", user=account)
    log(subscriber, "wagtail.edit", title=f"Abonné {TYPED}", data={"mailto": FIVE[3]})
    client = Client()
    client.force_login(account)
    page = Page.get_first_root_node().add_child(
        instance=StandardPage(title="Contact", slug="contact-zoe")
    )
    page.summary = f"Contact : {TYPED}."
    page.save_revision()
    connection_ = get_connection()
    connection_.send_messages([EmailMessage("Essai", "Bonjour", to=[ADDRESS.shown])])
    connection_.send_messages([EmailMessage("Autre", f"De {TYPED} à vous", to=["x@y.example"])])
    cache.set("seen", f"un extrait qui cite {TYPED}")
    return subscriber


def test_a_person_reads_all_that_the_portal_holds(tmp_path: Path) -> None:
    subscriber = a_person_everywhere()
    file = tmp_path / "export.json"
    text = run("export_person", TYPED.upper(), "--json", str(file))
    for words in (
        "La lettre : 3",
        "Messages écrits par le formulaire de contact : 2",
        "Compte pour écrire sur le portail : 1",
        "Connexions : 1",
        "Proches",
        subscriber.consent.text,
        "Marquée",
        "Bonjour",
    ):
        assert words in text
    # What somebody else has written is not theirs to read.
    assert "Écrivez à" not in text
    said = json.loads(file.read_text())
    assert said["donnees"]["La lettre"][0]["adresse e-mail"] == subscriber.email
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nobody_is_held_of_whom_nothing_is_known() -> None:
    assert "La lettre : rien" in run("export_person", "personne@x.example")


@pytest.mark.parametrize("command", ["export_person", "erase_person"])
def test_a_mistyped_address_is_said(command: str) -> None:
    with pytest.raises(CommandError, match="pas complète"):
        run(command, "zoe")


def test_after_an_erasure_no_spelling_of_the_address_is_left(tmp_path: Path) -> None:
    UserFactory(is_superuser=True)
    a_person_everywhere()
    before = everything_in_the_database().lower()
    assert KEY in before
    run("erase_person", TYPED, "--yes")
    after = everything_in_the_database().lower() + everything_in(tmp_path).lower()
    for spelling in FIVE:
        assert spelling.lower() not in after
    assert "marquée" not in after
    assert "marquee" not in after
    assert hash_of(KEY) in after
    # What others wrote, and the figures of the letter, stay.
    assert ContactMessage.objects.get().message == "Écrivez à [effacé], merci."
    assert Delivery.objects.get().state == Delivery.State.SENT
    assert Movement.objects.get(kind=Movement.Kind.LEFT).count == 1
    assert Revision.objects.get().content["summary"] == "Contact : [effacé]."
    assert set(ModelLogEntry.objects.values_list("label", flat=True)) == {
        "[effacé]",
        "Abonné [effacé]",
    }


def test_the_other_addresses_of_an_account_are_erased_with_it() -> None:
    account = UserFactory(email="premiere@exemple.example")
    EmailAddress.objects.create(user=account, email="Seconde@exemple.example")
    letter.subscriber_of("seconde@exemple.example", topics=[letter.topic()])
    UserFactory(is_superuser=True)
    assert "Seconde@exemple.example" in run("export_person", "premiere@exemple.example")
    erase_person("premiere@exemple.example")
    assert "seconde@" not in everything_in_the_database().lower()
    assert "premiere@" not in everything_in_the_database().lower()


def test_an_account_is_found_by_an_address_added_to_it() -> None:
    account = UserFactory(email="premiere@exemple.example")
    EmailAddress.objects.create(user=account, email="seconde@exemple.example")
    erase_person("seconde@exemple.example")
    assert not User.objects.filter(pk=account.pk).exists()
    assert "premiere@" not in everything_in_the_database().lower()


def test_someone_whose_address_is_longer_is_somebody_else() -> None:
    letter.subscriber_of("ana@x.example")
    letter.subscriber_of("diana@x.example")
    ContactMessage.objects.create(subject="autre", email="ana@x.example.org", message="Bonjour")
    quoted = ContactMessage.objects.create(
        subject="autre", message="diana@x.example, ana@x.example.org et ana@x.example."
    )
    run("erase_person", "Ana@X.example", "--yes")
    assert Subscriber.objects.get().email == "diana@x.example"
    quoted.refresh_from_db()
    assert quoted.message == "diana@x.example, ana@x.example.org et [effacé]."
    assert ContactMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("mailto:ana@x.example?subject=x", True),
        ("<ANA@X.EXAMPLE>", True),
        ("écrire à ana@x.example.", True),
        ("?email=ana%40x.example&page=2", True),
        ("diana@x.example", False),
        ("lili.ana@x.example", False),
        ("ana@x.example.org", False),
        ("ana@x.examples", False),
    ],
)
def test_an_address_is_found_among_words_but_not_inside_another(text: str, is_there: bool) -> None:
    assert mentions(text, "ana@x.example") is is_there
    assert ("[effacé]" in without_address(text, "ana@x.example")) is is_there


def test_a_domain_with_accents_is_known_by_both_its_names() -> None:
    assert {"zoe@xn--bcher-kva.example", "zoe@bücher.example"} <= set(
        spellings("zoe@xn--bcher-kva.example")
    )


def test_nothing_is_erased_without_a_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    letter.subscriber_of()
    monkeypatch.setattr("builtins.input", lambda prompt: "non")
    with pytest.raises(CommandError, match="Rien n’a été effacé"):
        run("erase_person", "ana@x.example")
    assert Subscriber.objects.exists()
    assert not erasure_journal.path().exists()
    monkeypatch.setattr("builtins.input", lambda prompt: " Oui ")
    run("erase_person", "ana@x.example")
    assert not Subscriber.objects.exists()


def test_the_last_administrator_stays_and_it_is_said() -> None:
    UserFactory(email="ana@x.example", is_superuser=True)
    UserFactory(is_superuser=True, is_active=False)
    letter.subscriber_of("ana@x.example")
    with pytest.raises(CommandError, match="le dernier qui administre"):
        run("erase_person", "ana@x.example", "--yes")
    assert not Subscriber.objects.exists()
    assert User.objects.filter(email="ana@x.example").exists()


def test_a_page_that_shows_the_address_is_left_to_an_editor() -> None:
    page = Page.get_first_root_node().add_child(
        instance=StandardPage(title="Qui joindre", slug="qui", summary="Écrire à ana@x.example")
    )
    with pytest.raises(CommandError, match="Page « Qui joindre »") as refusal:
        run("erase_person", "ana@x.example", "--yes")
    assert f"/admin/pages/{page.pk}/edit/" in str(refusal.value)


def test_the_last_look_reads_every_table() -> None:
    assert find_traces(KEY) == []
    a_person_everywhere()
    tables = {trace.table for trace in find_traces(KEY)}
    assert {"newsletter_subscriber", "home_contactmessage", "users_user"} <= tables
    assert {"wagtailcore_revision", "wagtailcore_modellogentry"} <= tables


def test_the_journal_holds_hashes_and_its_owner_only_reads_it() -> None:
    run("erase_person", "ana@x.example", "--yes")
    run("erase_person", "leo@x.example", "--yes")
    path = erasure_journal.path()
    assert "@" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(erasure_journal.read()) == {hash_of("ana@x.example"), hash_of("leo@x.example")}


def test_a_journal_cut_in_the_middle_of_a_line_still_says_the_others() -> None:
    run("erase_person", "ana@x.example", "--yes")
    path = erasure_journal.path()
    path.write_text(path.read_text() + '{"hash": "abc", "a')
    run("erase_person", "leo@x.example", "--yes")
    assert set(erasure_journal.read()) == {hash_of("ana@x.example"), hash_of("leo@x.example")}


def backup_of(*models: type) -> str:
    rows = [row for model in models for row in model.objects.all()]
    return serializers.serialize("json", rows)


def restore(backup: str) -> None:
    for row in serializers.deserialize("json", backup):
        row.save()


def test_erased_people_stay_erased_after_a_restore() -> None:
    UserFactory(is_superuser=True)
    a_person_everywhere()
    letter.subscriber_of("leo@x.example")
    tables = (User, Subscriber, Delivery, ContactMessage, Revision, ModelLogEntry)
    backup = backup_of(*tables)
    run("erase_person", TYPED, "--yes")
    Suppression.objects.all().delete()
    restore(backup)
    assert Subscriber.objects.filter(email_key=KEY).exists()
    assert "Refaits : 1" in run("replay_erasures")
    assert Subscriber.objects.get().email == "leo@x.example"
    assert find_traces(KEY) == []
    assert Suppression.objects.get().address_hash == hash_of(KEY)
    assert "Refaits : 0" in run("replay_erasures")


def test_who_came_back_since_stays_after_a_restore() -> None:
    erased_at = timezone.now()
    run("erase_person", "ana@x.example", "--yes")
    letter.subscriber_of("ana@x.example", consented_at=erased_at + timedelta(days=1))
    Suppression.objects.all().delete()
    assert "Refaits : 0" in run("replay_erasures")
    assert Subscriber.objects.get().is_active
    assert not Suppression.objects.exists()


def test_what_only_the_history_remembers_is_erased_again_too() -> None:
    log(UserFactory(), "wagtail.edit", title="Compte de ana@x.example")
    backup = backup_of(ModelLogEntry)
    run("erase_person", "ana@x.example", "--yes")
    restore(backup)
    run("replay_erasures")
    assert ModelLogEntry.objects.get().label == "Compte de [effacé]"


def test_a_restored_copy_of_the_journal_may_be_named(tmp_path: Path) -> None:
    letter.subscriber_of()
    backup = backup_of(Subscriber)
    run("erase_person", "ana@x.example", "--yes")
    elsewhere = erasure_journal.path().rename(tmp_path / "copie.jsonl")
    restore(backup)
    assert "rien à refaire" in run("replay_erasures")
    run("replay_erasures", str(elsewhere))
    assert not Subscriber.objects.exists()
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        run("replay_erasures", str(tmp_path / "absent.jsonl"))
