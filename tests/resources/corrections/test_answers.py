"""The coordinator reads what people told, answers, makes an entry of it; then it is forgotten."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from portal.geo.models import Commune
from portal.mail.models import OutgoingMessage
from portal.mail.queue import send_waiting
from portal.privacy.registry import erase_person, find_person
from resources.choices import ErrorSubject
from resources.corrections.periodic_jobs import _forget
from resources.listing.models import DirectoryPage
from resources.models import (
    CmpPage,
    CorrectionState,
    EntryProposal,
    ErrorReport,
    GemPage,
    ResourcePage,
)
from tests.factories.corrections import EntryProposalFactory, ErrorReportFactory
from tests.factories.resources import GemPageFactory, ResourcePageFactory, ResourceTypeFactory
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db
REPORTS = "/admin/annuaire/erreurs/"
PROPOSALS = "/admin/annuaire/propositions/"


@pytest.fixture
def coordinator(db: None, directory: DirectoryPage) -> Client:
    client = Client()
    client.force_login(member_of("Coordination"))
    return client


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def answer(client: Client, told: Any, **changes: str) -> Any:
    base = REPORTS if isinstance(told, ErrorReport) else PROPOSALS
    data = {"state": told.state, "answer": told.answer, **changes}
    return client.post(f"{base}edit/{told.pk}/", data)


def test_an_answer_reaches_its_author_by_mail_and_on_their_page(
    coordinator: Client, directory: DirectoryPage, reader: Client
) -> None:
    entry = GemPageFactory(parent=directory, title="GEM L’Écluse")
    report = ErrorReportFactory(entry=entry, email="camille@exemple.fr")
    answer(coordinator, report, state="fait", answer="Merci, les horaires sont justes.")

    send_waiting()
    (message,) = mail.outbox
    assert message.to == ["camille@exemple.fr"]
    assert "Merci, les horaires sont justes." in message.body
    assert "GEM L’Écluse" in message.body
    assert entry.url in message.body
    page = soup_of(reader.get(f"/signalement/{report.key}/"))
    assert "Merci, les horaires sont justes." in page.main.text


def test_saving_again_says_nothing_twice_and_new_words_are_sent(
    coordinator: Client, directory: DirectoryPage
) -> None:
    report = ErrorReportFactory(email="camille@exemple.fr")
    for _ in range(2):
        answer(coordinator, report, state="refuse", answer="C’était juste.")
    assert OutgoingMessage.objects.count() == 1
    first = ErrorReport.objects.get().answered_at
    answer(coordinator, report, state="refuse", answer="C’était juste, merci quand même.")
    assert OutgoingMessage.objects.count() == 2
    assert ErrorReport.objects.get().answered_at >= first


def test_nothing_is_mailed_while_it_is_being_checked_or_without_an_address(
    coordinator: Client,
) -> None:
    answer(coordinator, ErrorReportFactory(email="camille@exemple.fr"), state="cours")
    answer(coordinator, ErrorReportFactory(), state="fait")
    assert not OutgoingMessage.objects.exists()


def test_what_the_public_wrote_is_shown_as_text_and_cannot_be_changed(
    coordinator: Client,
) -> None:
    report = ErrorReportFactory(text="<script>alert(1)</script>", email="camille@exemple.fr")
    page = coordinator.get(f"{REPORTS}edit/{report.pk}/")
    assert "<script>alert(1)" not in page.content.decode()
    assert "<script>alert(1)" in soup_of(page).text
    answer(coordinator, report, state="fait", text="autre", email="autre@exemple.fr")
    report.refresh_from_db()
    assert (report.text, report.email) == ("<script>alert(1)</script>", "camille@exemple.fr")


def test_a_place_said_closed_suggests_to_change_its_entry(
    coordinator: Client, directory: DirectoryPage
) -> None:
    entry = ResourcePageFactory(parent=directory)
    closed = ErrorReportFactory(entry=entry, about=ErrorSubject.CLOSED)
    link = soup_of(coordinator.get(f"{REPORTS}edit/{closed.pk}/")).find(
        "a", string="Changer l’activité de la fiche"
    )
    assert link["href"].startswith(f"/admin/pages/{entry.pk}/edit/")


def test_a_report_outlives_its_entry(coordinator: Client, directory: DirectoryPage) -> None:
    entry = ResourcePageFactory(parent=directory)
    report = ErrorReportFactory(entry=entry)
    entry.delete()
    assert "supprimée depuis" in coordinator.get(f"{REPORTS}edit/{report.pk}/").content.decode()


@pytest.mark.parametrize("url", [REPORTS, PROPOSALS])
def test_the_list_shows_what_waits(coordinator: Client, url: str) -> None:
    ErrorReportFactory(state=CorrectionState.DONE, about=ErrorSubject.HOURS)
    ErrorReportFactory(about=ErrorSubject.ADDRESS)
    EntryProposalFactory(name="Attend")
    EntryProposalFactory(name="Ne va plus", state=CorrectionState.NOT_DONE)
    page = soup_of(coordinator.get(url, {"state": ["recu", "cours"]}))
    assert len(page.select("table.listing tbody tr")) == 1
    assert page.select_one("table.listing tbody a")["href"].startswith(f"{url}edit/")
    assert len(soup_of(coordinator.get(url)).select("table.listing tbody tr")) == 2


@pytest.mark.parametrize("url", [REPORTS, PROPOSALS])
def test_nobody_adds_one_by_hand(coordinator: Client, url: str) -> None:
    assert coordinator.get(f"{url}new/").status_code == 404
    assert "new/" not in coordinator.get(url).content.decode()


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents"])
def test_who_does_not_coordinate_sees_nothing(group: str, directory: DirectoryPage) -> None:
    report, proposal = ErrorReportFactory(), EntryProposalFactory()
    client = Client()
    client.force_login(member_of(group))
    for url in (
        REPORTS,
        f"{REPORTS}edit/{report.pk}/",
        PROPOSALS,
        f"{PROPOSALS}edit/{proposal.pk}/",
        f"{PROPOSALS}fiche/{proposal.pk}/",
    ):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"state": "fait"}).status_code in (302, 403, 405)
    assert not ErrorReport.objects.exclude(state="recu").exists()
    assert not ResourcePage.objects.exists()


def test_the_export_runs_nothing_and_names_nobody(
    coordinator: Client, directory: DirectoryPage
) -> None:
    ErrorReportFactory(text="=HYPERLINK(1)", email="camille@exemple.fr")
    response = coordinator.get(REPORTS, {"export": "csv"})
    csv = b"".join(response.streaming_content).decode()
    assert "'=HYPERLINK(1)" in csv
    assert "camille" not in csv
    assert ErrorReport.objects.get().key not in csv


def test_the_first_screen_shows_each_report_since_when_and_answers_it_there(
    coordinator: Client,
) -> None:
    assert "Erreur signalée" not in coordinator.get("/admin/").content.decode()
    report = ErrorReportFactory(received_at=timezone.now() - timedelta(days=400), text="Faux.")
    ErrorReportFactory(text="Le numéro sonne dans le vide.")
    screen = soup_of(coordinator.get("/admin/"))
    jobs = screen.select(".portal-job")
    assert len(jobs) == 2
    assert "Faux." in jobs[0].text
    assert "sonne dans le vide" in jobs[1].text
    assert str(timezone.localdate(report.received_at).year) in jobs[0].text

    form = jobs[0].select_one(".portal-job__in form")
    sent = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    answer = coordinator.post(form["action"], sent | {"state": "fait", "answer": "Merci !"})
    assert answer["Location"] == sent["next"] == "/admin/"
    report.refresh_from_db()
    assert (report.state, report.answer) == ("fait", "Merci !")
    assert len(soup_of(coordinator.get("/admin/")).select(".portal-job")) == 1


def test_a_proposal_becomes_a_draft_of_the_right_page(
    coordinator: Client, directory: DirectoryPage, communes: None
) -> None:
    gem = ResourceTypeFactory(code="GEM", name="GEM")
    proposal = EntryProposalFactory(
        name="GEM Les Pierres Vives",
        type=gem,
        commune=Commune.objects.get(code="13005"),
        address="3 rue de la Paix",
        phone="04 91 38 54 60",
        text="Ouvert <b>l’après-midi</b>.",
        email="camille@exemple.fr",
    )
    screen = soup_of(coordinator.get(f"{PROPOSALS}fiche/{proposal.pk}/"))
    assert screen.find("option", selected=True)["value"] == "GEM"
    response = coordinator.post(f"{PROPOSALS}fiche/{proposal.pk}/", {"kind": "GEM"})

    page = GemPage.objects.get()
    assert response["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert not page.live
    assert (page.title, page.postcode, page.phone) == (
        "GEM Les Pierres Vives", "13400", "04 91 38 54 60",
    )  # fmt: skip
    assert "&lt;b&gt;" in str(page.description[0].value)
    assert "camille" not in str(page.get_latest_revision().content)
    proposal.refresh_from_db()
    assert (proposal.entry.pk, proposal.state) == (page.pk, CorrectionState.CHECKING)
    assert coordinator.get(response["Location"]).status_code == 200


def test_pressed_again_it_makes_no_second_entry(
    coordinator: Client, directory: DirectoryPage
) -> None:
    ResourceTypeFactory(code="CMPEA", name="CMP enfants")
    proposal = EntryProposalFactory()
    for _ in range(2):
        coordinator.post(f"{PROPOSALS}fiche/{proposal.pk}/", {"kind": "CMPEA"})
    assert CmpPage.objects.get().type.code == "CMPEA"


def test_a_proposal_without_a_type_asks_for_one(
    coordinator: Client, directory: DirectoryPage
) -> None:
    proposal = EntryProposalFactory()
    response = coordinator.post(f"{PROPOSALS}fiche/{proposal.pk}/", {"kind": ""})
    assert "Choisissez le type de lieu." in response.content.decode()
    assert not ResourcePage.objects.exists()


def test_addresses_go_a_month_after_the_answer_and_the_rest_after_a_year() -> None:
    now = timezone.now()
    answered = {"state": CorrectionState.DONE, "email": "camille@exemple.fr"}
    month = ErrorReportFactory(**answered, answered_at=now - timedelta(days=31))
    recent = ErrorReportFactory(**answered, answered_at=now - timedelta(days=29))
    waiting = EntryProposalFactory(email="lou@exemple.fr", received_at=now - timedelta(days=200))
    year = now - timedelta(days=366)
    ErrorReportFactory(received_at=year)
    late = EntryProposalFactory(**answered, received_at=year, answered_at=now - timedelta(days=3))

    assert _forget() == "1 adresse effacée. 1 message effacé."
    kept = {told.pk: told.email for told in ErrorReport.objects.all()}
    assert kept == {month.pk: "", recent.pk: "camille@exemple.fr"}
    assert {told.pk: told.email for told in EntryProposal.objects.all()} == {
        waiting.pk: "lou@exemple.fr",
        late.pk: "camille@exemple.fr",
    }
    assert _forget() is None


def test_a_person_is_found_and_erased_and_is_not_quoted_any_more() -> None:
    ErrorReportFactory(email="Camille@Exemple.fr", text="à moi")
    EntryProposalFactory(email="camille@exemple.fr")
    other = ErrorReportFactory(
        email="lou@exemple.fr", text="Écrivez à camille@exemple.fr ou au 3114."
    )
    found = {source.name: items for source, items in find_person("camille@exemple.fr").items()}
    assert len(found["corrections"]) == 3
    assert "Écrivez" not in str(found["corrections"])

    erase_person("camille@exemple.fr")
    assert not EntryProposal.objects.exists()
    (left,) = ErrorReport.objects.all()
    assert left.pk == other.pk
    assert left.text == "Écrivez à [effacé] ou au 3114."
    assert left.email == "lou@exemple.fr"
