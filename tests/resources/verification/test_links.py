"""The pages behind a link: looking does nothing, a press acts once, and nothing is told of whom."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from wagtail.models import Page, PageLogEntry

import pytest
from bs4 import BeautifulSoup

from portal.mail.models import OutgoingMessage
from portal.reminders.choices import RequestState
from resources.choices import EntryStatus
from resources.editor_choices import ReferentState
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePage, Verification, VerificationRequest
from resources.verification.reminders import send_due_requests
from resources.verification.tokens import sign_key
from tests.clock import Clock, set_clock
from tests.factories.referents import ActiveReferentFactory
from tests.factories.verification import live_entry
from tests.resources.sent_forms import filled

BOX = "accueil@structure.example"
ANA = "ana@structure.example"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return live_entry(directory, title="GEM Exemple", email=BOX, phone="04 91 00 00 01")


@pytest.fixture
def link(entry: ResourcePage) -> str:
    """The link of the generic address."""
    send_due_requests()
    return link_of(entry.verification_requests.get())


def link_of(request: VerificationRequest) -> str:
    return f"/verifier/{sign_key(request.key)}/"


def press(reader: Client, link: str, said: str, **headers: str) -> HttpResponse:
    return reader.post(link, {"reponse": said}, headers=headers)


def heading(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.get_text(strip=True)


def state_of_the_world() -> tuple[Any, ...]:
    return (
        list(ResourcePage.objects.values_list("verified_on", "status", "latest_revision")),
        list(VerificationRequest.objects.values_list("state", "reminders", "address")),
        Verification.objects.count(),
        OutgoingMessage.objects.count(),
        PageLogEntry.objects.count(),
    )


def test_following_every_link_of_a_message_changes_nothing(reader: Client, link: str) -> None:
    text = OutgoingMessage.objects.get().text
    paths = {w.partition("//")[2].partition("/")[2] for w in text.split() if "/verifier/" in w}
    assert len(paths) == 2
    before = state_of_the_world()
    for path in paths:
        for send in (reader.get, reader.head, reader.options):
            send(f"/{path}")
    assert state_of_the_world() == before


def test_the_page_shows_the_facts_and_one_press_says_that_they_are_true(
    reader: Client, link: str, entry: ResourcePage
) -> None:
    page = reader.get(link)
    assert "04 91 00 00 01" in page.content.decode()
    done = press(reader, link, "juste")
    assert heading(done) == "Merci, c’est fait"
    assert "par la structure" in done.content.decode()
    entry.refresh_from_db()
    assert entry.verified_on == timezone.localdate()
    assert entry.verified_by_role == "la structure"


def test_pressing_twice_is_pressing_once(reader: Client, link: str) -> None:
    press(reader, link, "juste")
    again = press(reader, link, "juste")
    assert heading(again) == "C’est déjà fait, merci"
    assert heading(reader.get(link)) == "C’est déjà fait, merci"
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(
    ("shows", "said"), [(True, "la structure (cadre de santé)"), (False, "la structure")]
)
def test_readers_learn_a_role_that_its_holder_shows_and_never_a_name(
    reader: Client, entry: ResourcePage, shows: bool, said: str
) -> None:
    ActiveReferentFactory(entries=[entry], name="Ana Secrète", email=ANA, shows_role=shows)
    send_due_requests()
    press(reader, link_of(entry.verification_requests.get()), "juste")
    entry.refresh_from_db()
    assert entry.verified_by_role == said
    assert "Ana" not in reader.get(entry.url).content.decode()


def test_corrections_wait_and_count_as_a_verification_once_approved(
    reader: Client, link: str, entry: ResourcePage
) -> None:
    form = reader.get(f"{link}corriger/").content
    sent = filled(form, phone="0491000009")
    done = reader.post(f"{link}corriger/", sent)
    assert heading(done) == "Merci, c’est fait"
    entry.refresh_from_db()
    assert (entry.phone, entry.verified_on) == ("04 91 00 00 01", None)
    assert entry.verification_requests.get().state == RequestState.ANSWERED
    told = PageLogEntry.objects.get(action="resources.propose")
    assert told.data["by"] == "la structure, par le lien envoyé à l’adresse générique"
    entry.specific.get_latest_revision().publish()
    entry.refresh_from_db()
    assert entry.phone == "04 91 00 00 09"
    assert (entry.verified_on, entry.verified_by_role) == (timezone.localdate(), "la structure")


def test_a_form_sent_untouched_changes_nothing_and_says_how_to_confirm(
    reader: Client, link: str
) -> None:
    form = reader.get(f"{link}corriger/").content
    before = state_of_the_world()
    answer = reader.post(f"{link}corriger/", filled(form))
    assert answer.status_code == 422
    assert "Vous n’avez rien changé" in answer.content.decode()
    assert state_of_the_world() == before


def test_a_mistake_is_shown_with_what_was_typed(reader: Client, link: str) -> None:
    form = reader.get(f"{link}corriger/").content
    answer = reader.post(f"{link}corriger/", filled(form, phone="12", hours_note="Le soir"))
    assert answer.status_code == 422
    assert "Le soir" in answer.content.decode()
    assert not PageLogEntry.objects.filter(action="resources.propose").exists()


def test_a_place_that_closed_is_read_again_before_readers_are_told(
    reader: Client, link: str, entry: ResourcePage
) -> None:
    press(reader, link, "ferme")
    entry.refresh_from_db()
    assert entry.status == EntryStatus.OPEN
    assert Page.objects.get(pk=entry.pk).specific.get_latest_revision_as_object().status == (
        EntryStatus.CLOSED
    )
    assert send_due_requests() is None


def test_the_wrong_person_is_asked_nothing_more(
    reader: Client, link: str, entry: ResourcePage, clock: Clock
) -> None:
    press(reader, link, "erreur")
    assert entry.verification_requests.get().state == RequestState.CANCELLED
    clock.wait(days=12)
    assert send_due_requests() is None
    assert heading(reader.get(link)) == "Ce lien n’est plus valable"
    press(reader, link, "juste")
    assert not Verification.objects.exists()


def test_after_thirty_days_a_link_does_nothing_but_ask_for_another(
    reader: Client, link: str, clock: Clock, entry: ResourcePage
) -> None:
    clock.wait(days=31)
    late = press(reader, link, "juste")
    assert (late.status_code, heading(late)) == (410, "Ce lien est trop ancien")
    assert BOX not in late.content.decode()
    again = press(reader, link, "lien")
    assert BOX not in again.content.decode()
    new = OutgoingMessage.objects.order_by("-pk").first()
    assert new.address == BOX
    request = entry.verification_requests.get(state=RequestState.WAITING)
    press(reader, link_of(request), "juste")
    entry.refresh_from_db()
    assert entry.verified_on == clock.today


def test_asking_for_a_link_again_and_again_sends_one_a_day(reader: Client, link: str) -> None:
    VerificationRequest.objects.update(state=RequestState.EXPIRED, address="")
    OutgoingMessage.objects.all().delete()
    answers = {press(reader, link, "lien").content for _turn in range(4)}
    assert len(answers) == 1
    assert OutgoingMessage.objects.count() == 1


def test_a_new_link_never_goes_to_somebody_who_left(
    reader: Client, entry: ResourcePage, clock: Clock
) -> None:
    referent = ActiveReferentFactory(entries=[entry], email=ANA)
    send_due_requests()
    link = link_of(entry.verification_requests.get())
    clock.wait(days=31)
    referent.state = ReferentState.LEFT
    referent.save()
    press(reader, link, "lien")
    assert OutgoingMessage.objects.count() == 1
    assert heading(reader.get(link)) == "Ce lien n’est plus valable"


@pytest.mark.parametrize("loss", ["left", "not theirs"])
def test_the_link_of_somebody_who_answers_no_longer_opens_nothing(
    reader: Client, entry: ResourcePage, loss: str
) -> None:
    referent = ActiveReferentFactory(entries=[entry], email=ANA)
    send_due_requests()
    link = link_of(entry.verification_requests.get())
    if loss == "left":
        Referent.objects.update(state=ReferentState.LEFT)
    else:
        referent.entries.clear()
    for address in (link, f"{link}corriger/"):
        assert reader.get(address).status_code == 410
        press(reader, address, "juste")
    entry.refresh_from_db()
    assert entry.verified_on is None


def test_a_link_opens_one_entry_only(reader: Client, link: str, directory: DirectoryPage) -> None:
    other = live_entry(directory, title="Ailleurs", phone="04 91 99 99 99")
    press(reader, link, "juste")
    other.refresh_from_db()
    assert other.verified_on is None


def test_a_deleted_entry_is_said_to_be_gone(reader: Client, link: str, entry: ResourcePage) -> None:
    Page.objects.get(pk=entry.pk).delete()
    gone = reader.get(link)
    assert (gone.status_code, heading(gone)) == (410, "Cette fiche n’est plus dans l’annuaire")


@pytest.mark.parametrize("cut", [2, 20, 60])
def test_a_link_that_was_cut_says_so(reader: Client, link: str, cut: int) -> None:
    broken = reader.get(f"{link[:-cut].rstrip('/')}/")
    assert (broken.status_code, heading(broken)) == (404, "Ce lien n’est pas complet")


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}]
)
def test_a_button_of_another_site_does_nothing(
    reader: Client, link: str, headers: dict[str, str]
) -> None:
    before = state_of_the_world()
    for address in (link, f"{link}corriger/"):
        assert press(reader, address, "juste", **headers).status_code == 403
    assert state_of_the_world() == before


def test_an_unknown_answer_changes_nothing(reader: Client, link: str) -> None:
    before = state_of_the_world()
    assert press(reader, link, "peut-être").status_code == 400
    assert state_of_the_world() == before


def test_no_page_is_kept_indexed_logged_or_given_a_cookie(
    reader: Client, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for address in (link, f"{link}corriger/", "/verifier/faux.x/"):
        for send in (reader.get, reader.post, reader.put):
            response = send(address)
            assert "no-store" in response["Cache-Control"]
            assert response["Referrer-Policy"] == "no-referrer"
            assert not response.cookies
    logged = " ".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert "verifier" not in logged
    assert BOX not in logged
