"""« Tout est juste »: written once a day, in every language, and in what waits to be published."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import Translation

import pytest

from home.services.translations import translate
from portal.reminders.choices import RequestState
from resources.editor_choices import VerificationMethod
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage, Verification
from resources.verification.services import confirm_entry
from tests.factories.verification import RequestFactory, live_entry


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return live_entry(directory, title="GEM Exemple", verified_on=date(2025, 1, 15))


def test_the_day_and_the_role_are_written_and_remembered(entry: ResourcePage) -> None:
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    entry.refresh_from_db()
    assert (entry.verified_on, entry.verified_by_role) == (timezone.localdate(), "le secrétariat")
    said = Verification.objects.get()
    assert (said.entry, said.on, said.how) == (entry, timezone.localdate(), VerificationMethod.LINK)
    logged = PageLogEntry.objects.get(action="resources.verify")
    assert logged.data["role"] == "le secrétariat"


def test_said_twice_on_one_day_it_is_written_once(entry: ResourcePage) -> None:
    for _turn in range(3):
        confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.PHONE)
    assert sorted(Verification.objects.values_list("how", flat=True)) == ["lien", "telephone"]


def test_a_draft_published_later_does_not_bring_the_old_day_back(entry: ResourcePage) -> None:
    draft = entry.get_latest_revision_as_object()
    draft.summary = "Un autre résumé."
    draft.save_revision()
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    ResourcePage.objects.get(pk=entry.pk).get_latest_revision().publish()
    entry.refresh_from_db()
    assert entry.summary == "Un autre résumé."
    assert entry.verified_on == timezone.localdate()


def test_a_version_that_waits_for_its_hour_does_not_either(entry: ResourcePage) -> None:
    draft = entry.get_latest_revision_as_object()
    scheduled = draft.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    draft.save_revision()
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    scheduled.refresh_from_db()
    scheduled.publish()
    entry.refresh_from_db()
    assert entry.verified_on == timezone.localdate()


def test_what_is_not_published_stays_so(entry: ResourcePage) -> None:
    draft = entry.get_latest_revision_as_object()
    draft.summary = "Pas encore relu."
    draft.save_revision()
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    entry.refresh_from_db()
    assert entry.summary == ""
    assert entry.has_unpublished_changes


def test_every_language_says_the_same_day_now_and_after_a_translation(
    entry: ResourcePage, directory: DirectoryPage
) -> None:
    for page in (directory.get_parent().specific, directory):
        Locale.objects.get_or_create(language_code="en")
        page.copy_for_translation(Locale.objects.get(language_code="en"))
    strings = {"GEM Exemple": "Example club", entry.slug: "example-club"}
    english = translate(entry, "en", strings)
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.LINK)
    english.refresh_from_db()
    assert english.verified_on == timezone.localdate()
    Translation.objects.get().save_target(publish=True)
    english.refresh_from_db()
    assert (english.title, english.verified_on) == ("Example club", timezone.localdate())


def test_a_later_day_that_is_already_there_stays(entry: ResourcePage) -> None:
    confirm_entry(entry, role="la directrice", how=VerificationMethod.EDITOR)
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.PHONE, on=date(2026, 1, 2))
    entry.refresh_from_db()
    assert entry.verified_on == timezone.localdate()
    assert entry.verified_by_role == "la directrice"


def test_nobody_is_asked_any_longer(entry: ResourcePage) -> None:
    request = RequestFactory(entry=entry)
    confirm_entry(entry, role="le secrétariat", how=VerificationMethod.PHONE)
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert request.address == ""


def test_an_unknown_way_is_refused(entry: ResourcePage) -> None:
    with pytest.raises((ValueError, ValidationError)):
        confirm_entry(entry, role="le secrétariat", how="pigeon")
