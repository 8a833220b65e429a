"""The page where the author of a message follows it: only they have its address."""

from typing import Any

from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from resources.listing.models import DirectoryPage
from resources.models import CorrectionState
from tests.factories.corrections import EntryProposalFactory, ErrorReportFactory
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_it_tells_the_state_and_the_answer(directory: DirectoryPage, reader: Client) -> None:
    entry = ResourcePageFactory(parent=directory, title="GEM L’Écluse")
    report = ErrorReportFactory(
        entry=entry,
        state=CorrectionState.DONE,
        answer="C’est corrigé <b>merci</b>.",
        answered_at=timezone.now(),
    )
    page = soup_of(reader.get(f"/signalement/{report.key}/"))
    assert page.h1.text == "Votre message a eu une réponse"
    assert "Corrigé" in page.main.text
    assert "C’est corrigé <b>merci</b>." in page.main.text
    assert page.main.find("a", href=entry.url)


def test_a_place_that_was_missing_is_said_added(reader: Client) -> None:
    proposal = EntryProposalFactory(state=CorrectionState.DONE, answered_at=timezone.now())
    page = soup_of(reader.get(f"/proposition/{proposal.key}/"))
    assert "Ajouté à l’annuaire" in page.main.text
    assert proposal.name in page.main.text


def test_a_draft_is_not_shown_before_it_is_published(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, title="Pas encore relu", live=False)
    proposal = EntryProposalFactory(entry=entry, state=CorrectionState.CHECKING)
    assert "Pas encore relu" not in reader.get(f"/proposition/{proposal.key}/").content.decode()


def test_it_never_shows_the_address_nor_what_was_written(reader: Client) -> None:
    report = ErrorReportFactory(email="camille@exemple.fr", text="une confidence")
    html = reader.get(f"/signalement/{report.key}/").content.decode()
    assert "camille" not in html
    assert "confidence" not in html


def test_nobody_else_is_told_that_it_exists(reader: Client) -> None:
    response = reader.get(f"/signalement/{ErrorReportFactory().key}/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    assert "noindex" in soup_of(response).find("meta", attrs={"name": "robots"})["content"]


@pytest.mark.parametrize("cut", [0, 10, 42])
def test_a_link_that_is_cut_says_so(reader: Client, cut: int) -> None:
    key = ErrorReportFactory().key
    response = reader.get(f"/signalement/{key[:cut] or 'x'}/")
    assert response.status_code == 404
    assert soup_of(response).h1.text == "Ce lien ne mène plus à rien"


def test_the_key_of_a_report_opens_no_proposal(reader: Client) -> None:
    assert reader.get(f"/proposition/{ErrorReportFactory().key}/").status_code == 404


@pytest.mark.parametrize("key", ["%00", "a%00b", "é", "../x", "a" * 5000])
def test_what_cannot_be_a_key_is_simply_not_found(reader: Client, key: str) -> None:
    assert reader.get(f"/signalement/{key}/").status_code == 404


def test_looking_changes_nothing_and_nothing_can_be_posted(reader: Client) -> None:
    report = ErrorReportFactory()
    assert reader.head(f"/signalement/{report.key}/").status_code == 200
    assert reader.post(f"/signalement/{report.key}/", {"state": "fait"}).status_code == 405
    report.refresh_from_db()
    assert report.state == CorrectionState.RECEIVED


def test_an_unknown_language_is_french(reader: Client) -> None:
    key = ErrorReportFactory().key
    response = reader.get(f"/signalement/{key}/", {"langue": "xx\x00"})
    assert soup_of(response).html["lang"] == "fr"
