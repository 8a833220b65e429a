"""The next issue, begun from what changed since the last one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from actions.choices import ActionStatus
from actions.models import ActionNote
from home.models import HomePage
from newsletter.digest import TICKED_AT_MOST, gather_changes, make_issue
from newsletter.digest_registry import DigestChange, DigestSource
from newsletter.models import IssuePage
from newsletter.subscription.models import LetterIndexPage
from resources.choices import EntryStatus as Activity
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory, NewsPageFactory
from tests.factories.users import UserFactory, member_of
from tests.newsletter.whole_issue import Told, make_told

NOW = timezone.make_aware(datetime(2026, 11, 20, 12))
COMPOSE = "/admin/lettre/composer/"


@pytest.fixture(autouse=True)
def _now(now_is: Callable[[datetime], None], settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    now_is(NOW)


@pytest.fixture
def letter(home_page: HomePage) -> LetterIndexPage:
    return LetterIndexPageFactory(parent=home_page)


@pytest.fixture
def told(letter: LetterIndexPage) -> Told:
    """Pages that were published ten days ago."""
    told = make_told(letter.get_parent().specific)
    for page in told.pages:
        published(page, days_ago=10)
    return told


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def published(page, days_ago: int) -> None:
    moment = NOW - timedelta(days=days_ago)
    page.first_published_at = page.last_published_at = moment
    page.save()


def keys(letter: LetterIndexPage) -> list[str]:
    return [one.change.key for one in gather_changes(letter).proposals()]


def test_what_was_published_is_proposed_in_the_order_of_a_letter(
    letter: LetterIndexPage, told: Told
) -> None:
    gathered = gather_changes(letter)
    assert [str(group.label) for group in gathered.groups] == [
        "Actualités parues",
        "Actions nouvelles ou modifiées",
        "Annuaire\xa0: fiches nouvelles ou modifiées",
        "Dates à venir",
    ]
    assert keys(letter) == [
        f"news:{told.news.pk}",
        f"action:{told.action.pk}",
        f"entry:{told.entries[0].pk}",
        *(f"event:{event.pk}" for event in told.events),
    ]
    assert all(one.is_ticked for one in gathered.proposals())


def test_an_example_a_draft_or_a_closed_place_is_never_proposed(
    letter: LetterIndexPage, told: Told
) -> None:
    assert f"entry:{told.entries[1].pk}" not in keys(letter)  # an example
    told.entries[0].status = Activity.CLOSED
    told.entries[0].save()
    told.news.live = False
    told.news.save()
    assert keys(letter) == [
        f"action:{told.action.pk}",
        *(f"event:{event.pk}" for event in told.events),
    ]


def test_without_an_issue_two_months_are_looked_at(letter: LetterIndexPage, told: Told) -> None:
    published(told.news, days_ago=61)
    assert f"news:{told.news.pk}" not in keys(letter)
    published(told.news, days_ago=59)
    assert f"news:{told.news.pk}" in keys(letter)


def test_after_an_issue_what_came_out_before_it_is_not_proposed_again(
    letter: LetterIndexPage, told: Told
) -> None:
    latest = IssuePageFactory(parent=letter, number=3, body=[("heading", "Du nouveau")])
    published(latest, days_ago=5)
    assert keys(letter) == [f"event:{event.pk}" for event in told.events]
    published(told.action, days_ago=2)
    assert f"action:{told.action.pk}" in keys(letter)


def test_what_the_last_issue_told_is_shown_without_its_tick(
    letter: LetterIndexPage, told: Told
) -> None:
    latest = IssuePageFactory(parent=letter, number=3)
    latest.body = [{"type": "events", "value": {"title": "T", "events": [told.events[0].pk]}}]
    published(latest, days_ago=5)
    proposals = {one.change.key: one for one in gather_changes(letter).proposals()}
    before = proposals[f"event:{told.events[0].pk}"]
    assert before.was_told
    assert not before.is_ticked
    assert proposals[f"event:{told.events[1].pk}"].is_ticked


def test_a_public_note_says_what_changed_in_an_action_and_an_internal_one_stays_inside(
    letter: LetterIndexPage, told: Told
) -> None:
    note = ActionNote.objects.create(
        page=told.action,
        date=date(2026, 11, 12),
        title="La charte est signée",
        text="Huit bailleurs.",
        is_public=True,
    )
    ActionNote.objects.create(
        page=told.action, date=date(2026, 11, 13), title="À voir entre nous", is_public=False
    )
    gathered = gather_changes(letter)
    found = [one.change for one in gathered.proposals() if one.change.block_type == "action"]
    assert [change.key for change in found] == [f"note:{note.pk}"]
    assert found[0].block_value["text"] == "La charte est signée. Huit bailleurs."
    assert "entre nous" not in repr(gathered)


def test_so_many_changes_that_a_letter_could_not_tell_them_are_not_ticked(
    letter: LetterIndexPage, told: Told
) -> None:
    index = told.news.get_parent()
    for _number in range(TICKED_AT_MOST):
        published(NewsPageFactory(parent=index), days_ago=3)
    group = gather_changes(letter).groups[0]
    assert group.is_long
    assert len(group.proposals) == TICKED_AT_MOST + 1
    assert not any(one.is_ticked for one in group.proposals)


def test_chosen_changes_become_the_blocks_of_a_draft(letter: LetterIndexPage, told: Told) -> None:
    IssuePageFactory(parent=letter, number=8, live=False)
    user = UserFactory()
    issue = make_issue(letter, gather_changes(letter).chosen(keys(letter)), user)
    issue = IssuePage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    assert (issue.number, issue.title, issue.date) == (9, "Lettre n° 9", date(2026, 11, 20))
    assert not issue.live
    assert issue.owner == user
    assert [block.block_type for block in issue.body] == ["news", "action", "entries", "events"]
    assert issue.body[0].value["page"].pk == told.news.pk
    assert issue.body[1].value["state"] == ActionStatus.RUNNING.label
    assert list(issue.body[3].value["events"]) == told.events
    issue.full_clean()


def test_what_an_action_was_is_what_the_letter_keeps_saying(
    letter: LetterIndexPage, told: Told
) -> None:
    issue = make_issue(
        letter, gather_changes(letter).chosen([f"action:{told.action.pk}"]), UserFactory()
    )
    told.action.status = ActionStatus.DONE
    told.action.save()
    issue = IssuePage.objects.get(pk=issue.pk)
    block = issue.body[0]
    assert block.block.get_context(block.value)["items"][0].badge == "En cours"


def test_the_screen_makes_a_draft_and_opens_it(
    coordinator: Client, letter: LetterIndexPage, told: Told
) -> None:
    page = BeautifulSoup(coordinator.get(COMPOSE).content, "html.parser")
    boxes = page.find_all("input", attrs={"name": "changes"}, checked=True)
    assert [box["value"] for box in boxes] == keys(letter)
    response = coordinator.post(COMPOSE, {"changes": [f"news:{told.news.pk}"]})
    issue = IssuePage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert not issue.live
    editor = coordinator.get(response.headers["Location"])
    assert editor.status_code == 200
    assert "Le brouillon du numéro 1 est prêt" in editor.content.decode()


def test_nothing_ticked_is_told_and_makes_nothing(
    coordinator: Client, letter: LetterIndexPage, told: Told
) -> None:
    response = coordinator.post(COMPOSE, {})
    page = BeautifulSoup(response.content, "html.parser")
    assert "Rien n’est coché." in page.text
    assert not page.find_all("input", attrs={"name": "changes"}, checked=True)
    assert not IssuePage.objects.exists()


def test_what_was_unpublished_meanwhile_is_told_and_makes_nothing(
    coordinator: Client, letter: LetterIndexPage, told: Told
) -> None:
    told.news.unpublish()
    sent = [f"news:{told.news.pk}", f"action:{told.action.pk}"]
    response = coordinator.post(COMPOSE, {"changes": sent})
    assert "n’est plus publiée" in response.content.decode()
    assert not IssuePage.objects.exists()


def test_when_nothing_changed_an_empty_issue_is_offered(
    coordinator: Client, letter: LetterIndexPage
) -> None:
    assert "Rien de nouveau n’a été publié" in coordinator.get(COMPOSE).content.decode()
    response = coordinator.post(COMPOSE, {"vide": "1"})
    issue = IssuePage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert len(issue.body) == 0


def test_only_who_may_write_an_issue_may_compose_one(
    client: Client, letter: LetterIndexPage
) -> None:
    assert client.get(COMPOSE).status_code == 302
    client.force_login(member_of("Référents"))
    assert client.get(COMPOSE).status_code in (302, 403)
    assert client.post(COMPOSE, {"vide": "1"}).status_code in (302, 403)
    assert not IssuePage.objects.exists()


def test_the_letter_s_screen_leads_to_the_composer(
    coordinator: Client, letter: LetterIndexPage
) -> None:
    explorer = coordinator.get(reverse("wagtailadmin_explore", args=[letter.pk]))
    assert COMPOSE in explorer.content.decode()
    elsewhere = coordinator.get(reverse("wagtailadmin_explore", args=[letter.get_parent().pk]))
    assert f'href="{COMPOSE}"' not in elsewhere.content.decode()


def test_a_portal_without_a_letter_has_no_composer(
    coordinator: Client, home_page: HomePage
) -> None:
    assert coordinator.get(COMPOSE).status_code == 404


def test_any_app_may_propose_changes(
    letter: LetterIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[datetime] = []

    def find(since: datetime) -> list[DigestChange]:
        seen.append(since)
        return [DigestChange("x:1", "Un titre", "", date(2026, 11, 1), "heading", "Un titre")]

    source = DigestSource("x", "Autre chose", find, 1)
    monkeypatch.setattr("newsletter.digest_registry._sources", {"x": source})
    assert keys(letter) == ["x:1"]
    assert seen == [NOW - timedelta(days=60)]
    issue = make_issue(letter, gather_changes(letter).chosen(["x:1"]), UserFactory())
    assert [block.value for block in issue.body] == ["Un titre"]


def test_the_menu_leads_to_the_composer_for_who_may_use_it(
    coordinator: Client, letter: LetterIndexPage
) -> None:
    assert COMPOSE in coordinator.get(reverse("wagtailadmin_home")).content.decode()
    letter.delete()
    assert COMPOSE not in coordinator.get(reverse("wagtailadmin_home")).content.decode()
