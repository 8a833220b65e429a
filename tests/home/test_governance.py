"""Bodies, meetings and decisions: what is counted, what readers see, what is to be followed."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.documents.models import Document

import pytest

from home.choices import DecisionState
from home.models import GovernanceBody, HomePage, Meeting, MeetingDecision, PtsmPage
from tests.factories.users import member_of

LIST = reverse("wagtailsnippets_home_meeting:list")
ADD = reverse("wagtailsnippets_home_meeting:add")
DECISIONS = reverse("decisions_to_follow")
TODAY = timezone.localdate()


@pytest.fixture
def ptsm(db: None) -> PtsmPage:
    page = HomePage.objects.get().add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))
    page.bodies = [
        GovernanceBody(
            name="Comité d’essai",
            aim="pilotage",
            more_aims=["strategie"],
            role="Il suit.",
            members=[
                ("members", {"kind": "personnes", "detail": "", "seats": 3}),
                ("members", {"kind": "sante", "detail": "", "seats": 9}),
            ],
        )
    ]
    page.save_revision().publish()
    return PtsmPage.objects.get(pk=page.pk)


@pytest.fixture
def meeting(ptsm: PtsmPage) -> Meeting:
    meeting: Meeting = Meeting.objects.create(
        body=ptsm.bodies.get().uuid,
        date=TODAY - timedelta(days=40),
        agenda="Un ordre du jour d’essai",
        present=10,
        present_concerned=2,
    )
    for text, is_public in (("Ouvrir un guichet", True), ("Une décision gardée", False)):
        MeetingDecision.objects.create(
            meeting=meeting, text=text, due_on=TODAY - timedelta(days=1), is_public=is_public
        )
    return meeting


def read(client: Client, page: PtsmPage) -> str:
    return client.get(page.url).content.decode().partition('id="gouvernance"')[2]


def test_a_body_serves_several_aims_and_its_share_of_concerned_people_is_said(
    client: Client, ptsm: PtsmPage
) -> None:
    html = read(client, ptsm)
    assert html.count("Comité d’essai") == 2
    assert "3 places sur 12 (25 %)" in html.replace("\u202f", "\xa0").replace("\xa0", " ")


@pytest.mark.parametrize("seats", [None, 0])
def test_no_share_is_invented(seats: int | None) -> None:
    body = GovernanceBody(name="Comité", aim="pilotage")
    body.members = [("members", {"kind": "personnes", "detail": "", "seats": seats})]
    assert body.seats is None


def test_a_meeting_is_internal_until_somebody_shows_it(
    client: Client, ptsm: PtsmPage, meeting: Meeting
) -> None:
    assert "ordre du jour d’essai" not in read(client, ptsm)
    meeting.is_public = True
    meeting.save()
    html = read(client, ptsm)
    for words in ("Un ordre du jour d’essai", "Ouvrir un guichet", "2 sur 10", "à faire"):
        assert words in html
    assert "Une décision gardée" not in html
    assert "Dernière réunion" in html


def test_minutes_are_shown_when_they_are_public_and_only_then(
    client: Client, ptsm: PtsmPage, meeting: Meeting
) -> None:
    file = ContentFile(b"%PDF-1.4 essai", name="compte-rendu.pdf")
    meeting.minutes = Document.objects.create(title="Compte rendu", file=file)
    meeting.is_public = True
    meeting.save()
    assert meeting.minutes.url not in read(client, ptsm)
    meeting.minutes_are_public = True
    meeting.save()
    assert meeting.minutes.url in read(client, ptsm)


def test_meetings_stay_with_their_body_when_its_page_is_published_again(
    client: Client, ptsm: PtsmPage, meeting: Meeting
) -> None:
    Meeting.objects.update(is_public=True)
    draft = ptsm.get_latest_revision_as_object()
    draft.save_revision().publish()
    assert "Ouvrir un guichet" in read(client, ptsm)


def form(meeting_of: Any, **typed: str) -> dict[str, Any]:
    rows = dict.fromkeys(("TOTAL", "INITIAL", "MIN_NUM"), "0")
    management = {f"decisions-{name}_FORMS": value for name, value in rows.items()}
    management["decisions-MAX_NUM_FORMS"] = "1000"
    return {"body": str(meeting_of), "date": f"{TODAY:%d/%m/%Y}", **management, **typed}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"date": ""}, "Champ requis."),
        ({"date": "31/02/2027"}, "Cette date n’a pas été comprise."),
        ({"present": "3", "present_concerned": "4"}, "C’est plus que toutes les personnes"),
        ({"minutes_are_public": "on"}, "Choisissez le compte rendu à montrer."),
        ({"body": "00000000-0000-0000-0000-000000000000"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_meeting_that_makes_no_sense_is_refused_in_french(
    client: Client, ptsm: PtsmPage, typed: dict[str, str], words: str
) -> None:
    client.force_login(member_of("Coordination"))
    answer = client.post(ADD, form(ptsm.bodies.get().uuid, agenda="Un long ordre du jour", **typed))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert words in html
    assert "Un long ordre du jour" in html
    assert not Meeting.objects.exists()


def test_the_coordination_writes_a_meeting_and_follows_its_decisions(
    client: Client, ptsm: PtsmPage, meeting: Meeting
) -> None:
    client.force_login(member_of("Coordination"))
    client.post(ADD, form(ptsm.bodies.get().uuid, place="Une salle d’essai"))
    html = client.get(LIST).content.decode()
    assert "Une salle d’essai" in html
    assert "Comité d’essai" in html
    MeetingDecision.objects.filter(text="Ouvrir un guichet").update(state=DecisionState.DONE)
    followed = client.get(DECISIONS).content.decode()
    assert "Une décision gardée" in followed
    assert "en retard" in followed
    assert "Ouvrir un guichet" not in followed
    exported = client.get(DECISIONS, {"export": "csv"}).getvalue().decode("utf-8-sig")
    assert "Une décision gardée" in exported


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents", ""])
def test_meetings_are_for_the_coordination_only(
    client: Client, meeting: Meeting, group: str
) -> None:
    if group:
        client.force_login(member_of(group))
    edit = reverse("wagtailsnippets_home_meeting:edit", args=[meeting.pk])
    for address in (LIST, ADD, edit, DECISIONS, f"{DECISIONS}?export=csv"):
        assert client.get(address).status_code in (302, 403), address
