"""People who agreed elsewhere come in a file: told line by line, then all of them or nobody."""

from datetime import date
from pathlib import Path

from django.utils import timezone

import pytest

from newsletter import import_target
from newsletter.import_reader import HEADINGS, read_subscribers
from newsletter.import_target import SubscriberTarget
from newsletter.models import Delivery, Movement, Subscriber, Suppression
from portal.exports.formula_escape import escape_formula, unescape_formula
from portal.geo.models import Territory
from portal.imports.apply import PlanChanged, apply_import
from portal.imports.contract import ImportPlan, SourceFile
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.models import ImportedObject
from portal.imports.planner import plan_import
from portal.mail.addresses import hash_of
from tests.factories import letter

HEADER = ";".join(HEADINGS) + "\n"
GOOD = HEADER + (
    "ana@x.example;Bulletin signé, réunion du 3 mars;2026-03-03;proches,agenda;Pays d’Aubagne\n"
    'Leo@X.Example;"Fiche papier ; classeur n° 2";05/03/2026;;\n'
)
CASES = Path(__file__).parents[1] / "imports" / "cases"
State = Subscriber.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _choices(db: None) -> None:
    letter.topic("proches", name="Les proches")
    letter.topic("agenda", name="L’agenda")
    Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")


def file_of(content: str | bytes) -> SourceFile:
    return read_subscribers(content.encode() if isinstance(content, str) else content, "", {})


def plan(content: str | bytes) -> ImportPlan:
    return plan_import(file_of(content), SubscriberTarget())


def apply(content: str | bytes, seen: str = "") -> int:
    """How many were subscribed."""
    file = file_of(content)
    done = apply_import(file, SubscriberTarget, seen or plan(content).digest, None)
    return len(done.changes) if done.can_be_applied else 0


def outcomes(text: str) -> list[tuple[int, str]]:
    return [(line.line, line.verdict.name) for line in plan(text).lines]


def one_line(line: str) -> tuple[str, str]:
    [told] = plan(HEADER + line + "\n").lines
    return told.verdict.name, " ".join(told.sentences)


def test_a_file_subscribes_people_with_their_proof() -> None:
    assert apply(GOOD) == 2
    ana = Subscriber.objects.get(email="ana@x.example")
    assert ana.is_active
    assert ana.proof == "Bulletin signé, réunion du 3 mars"
    assert timezone.localdate(ana.consented_at) == date(2026, 3, 3)
    assert ana.origin == Subscriber.Origin.IMPORT
    assert ana.consent is None
    assert {topic.code for topic in ana.topics.all()} == {"proches", "agenda"}
    assert ana.territory.name == "Pays d’Aubagne"
    leo = Subscriber.objects.get(email_key="leo@x.example")
    assert (leo.proof, leo.topics.count(), leo.territory) == (
        "Fiche papier ; classeur n° 2",
        0,
        None,
    )
    assert Movement.objects.get(kind=Movement.Kind.JOINED).count == 2


def test_nobody_is_written_to_because_of_a_file() -> None:
    apply(GOOD)
    assert not Delivery.objects.exists()


def test_the_same_file_read_again_changes_nothing() -> None:
    apply(GOOD)
    before = list(Subscriber.objects.order_by("pk").values())
    assert {outcome for _line, outcome in outcomes(GOOD)} == {"SAME"}
    assert apply(GOOD) == 0
    assert list(Subscriber.objects.order_by("pk").values()) == before
    assert Movement.objects.get().count == 2


def test_who_is_subscribed_keeps_what_they_chose() -> None:
    letter.subscriber_of("ana@x.example", topics=[letter.topic("proches")], proof="")
    apply(GOOD)
    ana = Subscriber.objects.get(email="ana@x.example")
    assert [topic.code for topic in ana.topics.all()] == ["proches"]
    assert ana.origin == Subscriber.Origin.FORM


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_who_left_does_not_come_back_by_a_file(state: str) -> None:
    letter.subscriber_of("ana@x.example", state=state)
    assert one_line("ana@x.example;Bulletin;2026-03-03;;")[0] == "KEPT"
    apply(GOOD)
    assert Subscriber.objects.get(email="ana@x.example").state == state


def test_who_is_only_remembered_as_a_hash_does_not_come_back_either() -> None:
    Suppression.objects.create(
        address_hash=hash_of("ana@x.example"), reason=Suppression.Reason.ERASED
    )
    assert one_line("ANA@X.EXAMPLE;Bulletin;2026-03-03;;")[0] == "KEPT"


def test_who_asked_and_has_not_confirmed_is_confirmed_by_the_file() -> None:
    asked = letter.subscriber_of("ana@x.example", state=State.PENDING, nonce="abc")
    waiting = letter.delivery(asked, kind=Delivery.Kind.CONFIRM)
    assert apply(GOOD) == 2
    asked.refresh_from_db()
    waiting.refresh_from_db()
    assert asked.is_active
    assert asked.nonce == ""
    assert asked.origin == Subscriber.Origin.IMPORT
    assert waiting.state == Delivery.State.CANCELLED
    assert Movement.objects.get().count == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ana;Bulletin;2026-03-03;;", "pas complète"),
        (";Bulletin;2026-03-03;;", "Écrivez une adresse"),
        ("a@[127.0.0.1];Bulletin;2026-03-03;;", "nom de domaine"),
        (f"{'a' * 65}@x.example;Bulletin;2026-03-03;;", "trop longue"),
        ("ana@x.example;;2026-03-03;;", "manque la preuve"),
        ("ana@x.example;   ;2026-03-03;;", "manque la preuve"),
        (f"ana@x.example;{'x' * 301};2026-03-03;;", "300 signes"),
        ("ana@x.example;Bulletin;;;", "manque la date"),
        ("ana@x.example;Bulletin;31/02/2026;;", "n’est pas une date"),
        ("ana@x.example;Bulletin;1900-01-01;;", "déjà donné"),
        ("ana@x.example;Bulletin;2999-01-01;;", "déjà donné"),
        ("ana@x.example;Bulletin;2026-03-03;martiens;", "martiens"),
        ("ana@x.example;Bulletin;2026-03-03;;Mars", "n’est pas un territoire"),
        ("ana@x.example;Bulletin;2026-03-03;;;;;x", "plus de cellules que de colonnes"),
        ("=cmd|' /C calc'!A0;Bulletin;2026-03-03;;", "pas complète"),
        (HEADER.strip(), "répète les noms des colonnes"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, words: str) -> None:
    outcome, why = one_line(line)
    assert outcome == "REFUSED"
    assert words in why
    assert apply(HEADER + line) == 0
    assert not Subscriber.objects.exists()


def test_a_line_that_is_refused_stops_all_the_others() -> None:
    text = GOOD + "personne;;;;\nANA@x.example;Encore;2026-03-03;;\n"
    assert outcomes(text) == [
        (2, "NEW"),
        (3, "NEW"),
        (4, "REFUSED"),
    ]
    [note] = plan(text).notes
    assert "Ligne 5" in note
    assert "ligne 2" in note
    assert apply(text) == 0
    assert not Subscriber.objects.exists()


def test_topics_and_territories_may_be_named_as_people_say_them() -> None:
    apply(HEADER + "ana@x.example;Bulletin;2026-03-03;LES PROCHES | l'agenda;pays-aubagne\n")
    ana = Subscriber.objects.get()
    assert {topic.code for topic in ana.topics.all()} == {"proches", "agenda"}
    assert ana.territory.name == "Pays d’Aubagne"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_spreadsheet_s_file_is_read(encoding: str, delimiter: str) -> None:
    line = 'ana@x.example;"Réunion d’été – l’Étoile";2026-03-03;proches;\r\n'
    assert apply((HEADER + line).replace(";", delimiter).encode(encoding)) == 1
    assert Subscriber.objects.get().proof == "Réunion d’été – l’Étoile"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nommer les colonnes"),
        (b"\n\n", "nommer les colonnes"),
        (b"ana@x.example;Bulletin;2026-03-03\n", "nommer les colonnes"),
        (b"adresse;date\n", "preuve"),
        (b"adresse;preuve;date;adresse\n", "en double"),
        (b"adresse;preuve;date;nom\n", "nom"),
        (b'adresse;preuve;date\nana@x.example;"Bulletin\n', "Ligne 2"),
        (b"PK\x03\x04 classeur", "n’est pas un classeur"),
        (b"adresse;preuve;date\n\0", "n’est pas un CSV"),
        (b"adresse;preuve;date\n\x81\x8d", "illisibles"),
        (b"\xff\xfe\x00", "illisibles"),
        (b"x" * (5 * 1024**2 + 1), "trop gros"),
        (b"adresse;preuve;date\n" + b"a@x.example;B;2026-03-03\n" * 20_001, "trop de lignes"),
        (b"adresse;preuve;date\n" + b";" * 201, "trop de colonnes"),
        (b"adresse;preuve;date\na@x.example;" + b"x" * 10_001, "Ligne 2"),
        (b"adresse;preuve;date\na@x.example;" + b"x" * 200_000, "cellule est trop longue"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        plan(content)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+33 6", "-a@b.example", "@SUM(A1)", "\tx", "\rx", "'=x", "''=x", "'x", "x", ""],
)
def test_a_cell_made_harmless_comes_back_as_it_was(cell: str) -> None:
    safe = escape_formula(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert unescape_formula(safe) == cell


def test_what_changed_since_it_was_seen_is_not_written() -> None:
    seen = plan(GOOD).digest
    letter.subscriber_of("ana@x.example", state=State.UNSUBSCRIBED)
    with pytest.raises(PlanChanged):
        apply(GOOD, seen)
    assert Subscriber.objects.count() == 1


def test_when_one_cannot_be_written_nobody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody subscribes between the last look and the writing."""
    monkeypatch.setattr(import_target, "_states", lambda keys: {})
    seen = plan(GOOD).digest
    letter.subscriber_of("leo@x.example")
    with pytest.raises(PlanChanged):
        apply(GOOD, seen)
    assert Subscriber.objects.count() == 1
    assert not Movement.objects.exists()


def test_a_long_file_costs_few_queries(django_assert_max_num_queries) -> None:
    lines = "".join(f"p{rank}@x.example;Bulletin;2026-03-03;proches;\n" for rank in range(1000))
    with django_assert_max_num_queries(60):
        assert apply(HEADER + lines) == 1000
    assert Subscriber.objects.active().count() == 1000


def test_who_had_left_in_the_file_that_was_exported_is_not_subscribed() -> None:
    header = "adresse;preuve;date;sujets;territoire;etat\n"
    line = "ana@x.example;Bulletin;2026-03-03;;;%s\n"
    for state in State:
        expected = "NEW" if state == State.ACTIVE else "REFUSED"
        assert outcomes(header + line % state.label) == [(2, expected)]


def test_the_import_remembers_nobody() -> None:
    apply(GOOD)
    assert not ImportedObject.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "a1_abonnes_google_forms.csv", "a2_abonnes_excel_horodateur.csv",
        "a3_abonnes_date_courte.csv", "a4_abonnes_nom_adresse.csv", "a6_abonnes_mac.csv",
    ],
)  # fmt: skip
def test_files_of_forms_and_spreadsheets_give_the_address_and_the_day(name: str) -> None:
    [row] = file_of((CASES / name).read_bytes()).rows
    assert not row.problems
    assert (row.values["email"], row.values["consented_at"]) == ("lea@asso.example", "2026-05-07")


def test_a_link_is_an_address_and_the_other_line_says_what_it_lacks() -> None:
    good, bad = file_of((CASES / "a5_abonnes_mailto.csv").read_bytes()).rows
    assert (good.values["email"], good.problems) == ("lea@asso.example", ())
    assert (bad.line, bad.said) == (3, "lea.essai@asso.example")
    assert "preuve" in bad.problems[0]


@pytest.mark.parametrize(
    "address",
    [
        "<lea@asso.example>", "Léa <lea@asso.example>", "'Essai, Léa' <lea@asso.example>;",
        "MAILTO:lea@asso.example?subject=Bonjour", "Léa <mailto:lea@asso.example>",
    ],
)  # fmt: skip
def test_an_address_is_read_with_what_programs_copy_with_it(address: str) -> None:
    [row] = file_of(f'{HEADER}"{address}";Bulletin;07/05/2026;;\n').rows
    assert (row.values["email"], row.problems) == ("lea@asso.example", ())


@pytest.mark.parametrize(
    "address", ["a@x.example; b@x.example", "Léa <lea>", "<a@x.example> <b@x.example>"]
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    assert one_line(f'"{address}";Bulletin;07/05/2026;;')[0] == "REFUSED"


def test_the_columns_of_a_form_on_line_are_known() -> None:
    content = "Horodateur,Adresse e-mail,Preuve\n2026/05/07 10:22:33 AM UTC+2,lea@x.example,Forum\n"
    [row] = file_of(content).rows
    assert (row.values["email"], row.values["consented_at"]) == ("lea@x.example", "2026-05-07")
