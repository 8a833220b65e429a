"""A translation lives and dies with its source: what a reader of another language sees."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from wagtail.models import Locale, Page, PageViewRestriction

import pytest
from icalendar import Calendar

from home.models import CrisisPage, HomePage, NeedPage
from newsletter.ics import event_calendar
from newsletter.models import EventPage
from portal.crisis.models import HelpLine
from resources.models import ResourcePage, ResourcePhone
from resources.models.inlines import Closure, Notice, Service
from search.models import IndexedDocument
from tests.factories.geo import CommuneFactory
from tests.factories.home import (
    CrisisPageFactory,
    HelpLineFactory,
    NeedPageFactory,
    make_home,
)
from tests.factories.newsletter import EventIndexPageFactory, EventPageFactory, paris
from tests.factories.referents import referent_of
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def english(home: HomePage) -> Locale:
    locale = Locale.objects.get_or_create(language_code="en")[0]
    home.copy_for_translation(locale).save_revision().publish()
    return locale


def translated(page: Any, locale: Locale, **words: str) -> Any:
    """A published version of a page, with its parents."""
    page.save_revision().publish()
    copy = page.copy_for_translation(locale, copy_parents=True)
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


@pytest.fixture
def entry(home: HomePage) -> ResourcePage:
    directory = DirectoryPageFactory(parent=home)
    return ResourcePageFactory(
        parent=directory,
        title="Maison Exemple",
        phone="04 91 00 00 01",
        address_street="12 rue Visible",
        commune=CommuneFactory(),
    )


def in_english(entry: Any) -> Any:
    return type(entry).objects.get(
        translation_key=entry.translation_key, locale__language_code="en"
    )


def publish(page: Any, **facts: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def text(client: Client, page: Any) -> str:
    return client.get(page.url).content.decode()


def test_an_address_made_secret_and_a_changed_phone_are_so_at_once(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english, title="Example House")
    assert "12 rue Visible" in text(client, other)

    publish(entry, address_is_masked=True, phone="04 91 00 00 02")

    shown = text(client, other)
    assert "rue Visible" not in shown
    assert "04 91 00 00 01" not in shown
    assert "04 91 00 00 02" in shown
    assert "Example House" in shown
    assert "rue Visible" not in repr(in_english(entry).to_search_document())


def test_a_draft_of_the_translation_never_brings_the_old_facts_back(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    draft = in_english(entry)
    draft.title = "Example House"
    draft.save_revision()

    publish(entry, phone="04 91 00 00 02")

    assert in_english(entry).get_latest_revision().as_object().phone == "04 91 00 00 02"
    in_english(entry).get_latest_revision().publish()
    shown = text(client, other)
    assert "Example House" in shown
    assert "04 91 00 00 01" not in shown


def test_a_fact_typed_in_a_translation_stays_that_of_the_source(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    translated(entry, english)
    publish(in_english(entry), phone="04 91 00 00 09")
    assert in_english(entry).phone == "04 91 00 00 01"


def test_rows_come_change_and_go_in_every_language(entry: ResourcePage, english: Locale) -> None:
    today = timezone.localdate()
    entry.phones = [ResourcePhone(label="Secrétariat", number="04 91 00 00 03")]
    entry.notices = [Notice(since=today, until=today, text="Standard en panne")]
    translated(entry, english)
    other = in_english(entry)
    phone, notice = other.phones.get(), other.notices.get()
    phone.label, notice.text = "Front desk", "Phone out of order"
    other.phones, other.notices = [phone], [notice]
    other.save_revision().publish()

    page = ResourcePage.objects.get(pk=entry.pk)
    own = page.phones.get()
    own.number = "04 91 00 00 04"
    page.phones = [own]
    page.notices = []
    page.closures = [Closure(since=today, until=today + timedelta(days=3), message="Congés")]
    page.services = [Service(name="Accueil de jour", phone="04 91 00 00 05")]
    page.save_revision().publish()

    other = in_english(entry)
    assert [(row.label, row.number) for row in other.phones.all()] == [
        ("Front desk", "04 91 00 00 04")
    ]
    assert not other.notices.exists()
    assert [(row.since, row.message) for row in other.closures.all()] == [(today, "Congés")]
    assert [(row.name, row.phone) for row in other.services.all()] == [
        ("Accueil de jour", "04 91 00 00 05")
    ]
    assert other.services.get().locale == english


def test_a_fact_told_in_words_is_said_in_french_until_it_is_translated_again(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    entry.hours_note = "Le soir, sur rendez-vous"
    other = translated(entry, english, hours_note="In the evening, by appointment")
    publish(entry, summary="Un lieu.")
    assert in_english(entry).hours_note == "In the evening, by appointment"
    assert 'lang="fr">In the evening' not in text(client, other)

    publish(entry, hours_note="Jamais le soir & la nuit")
    assert in_english(entry).hours_note == "Jamais le soir & la nuit"
    # Read aloud with the voice of its own language.
    marked = '<span lang="fr">Jamais le soir &amp; la nuit</span>'
    assert marked in text(client, other)
    assert marked not in text(client, entry)

    publish(in_english(entry), hours_note="Never in the evening")
    publish(entry, summary="Un lieu ouvert.")
    assert in_english(entry).hours_note == "Never in the evening"
    assert 'lang="fr">Never' not in text(client, other)


def test_a_help_number_changed_in_french_is_so_on_every_page_of_help(
    client: Client, home: HomePage, english: Locale
) -> None:
    page: CrisisPage = CrisisPageFactory(parent=home)
    other = translated(page, english)
    line = HelpLineFactory(number="0800 00 00 01", name="Écoute", hours="Jour et nuit")
    copy = line.copy_for_translation(english)
    copy.name, copy.hours = "Listening", "Day and night"
    copy.save()
    assert "0800 00 00 01" in text(client, other)

    line.number, line.hours = "0800 00 00 02", "De 9 h à 19 h"
    line.save_revision().publish()

    shown = text(client, other)
    assert "0800 00 00 01" not in shown
    assert "0800 00 00 02" in shown
    assert "Listening" in shown
    assert "Day and night" not in shown
    assert "De 9 h à 19 h" in shown


def test_a_help_number_that_waits_for_its_second_reader_changes_nowhere(
    home: HomePage, english: Locale
) -> None:
    line = HelpLineFactory(number="0800 00 00 01")
    line.copy_for_translation(english).save()
    line.number = "0800 00 00 02"
    line.save_revision()
    assert set(HelpLine.objects.values_list("number", flat=True)) == {"0800 00 00 01"}


def test_a_help_number_taken_down_or_deleted_is_nowhere(home: HomePage, english: Locale) -> None:
    lines = HelpLineFactory.create_batch(2)
    for line in lines:
        line.copy_for_translation(english).save()
    lines[0].unpublish()
    lines[1].delete()
    assert not HelpLine.objects.public().exists()
    assert HelpLine.objects.count() == 2


def test_an_event_cancelled_in_french_is_cancelled_in_english(
    client: Client, home: HomePage, english: Locale
) -> None:
    agenda = EventIndexPageFactory(parent=home)
    event: EventPage = EventPageFactory(parent=agenda, start=paris(2027, 5, 3, 14), end=None)
    other = translated(event, english, title="Meeting")

    before = Calendar.from_ical(event_calendar(in_english(event))).events[0]

    publish(event, is_cancelled=True, cancelled_reason="Salle indisponible.")

    assert in_english(event).is_cancelled
    after = Calendar.from_ical(event_calendar(in_english(event))).events[0]
    assert (before["UID"], before["STATUS"]) == (after["UID"], "CONFIRMED")
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "Salle indisponible." in text(client, other)


def is_found(page: Page) -> bool:
    return IndexedDocument.objects.live().filter(key=f"page:{page.pk}").exists()


def test_an_entry_unpublished_or_closed_is_found_in_no_language(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    assert is_found(other)
    entry.unpublish()
    assert client.get(other.url).status_code == 404
    assert not is_found(other)


def test_what_is_not_published_in_french_is_published_in_no_language(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    entry.unpublish()
    in_english(entry).get_latest_revision().publish()
    assert client.get(other.url).status_code == 404


def test_an_entry_deleted_in_french_is_deleted_everywhere(
    entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    entry.delete()
    assert not Page.objects.filter(pk=other.pk).exists()
    assert not is_found(other)


def test_deleting_a_page_never_deletes_what_has_no_french_page(
    home: HomePage, entry: ResourcePage, english: Locale
) -> None:
    translated(entry, english)
    directory = entry.get_parent().specific
    beside = directory.get_translation(english)
    beside.alias_of = None
    beside.save()
    own = ResourcePageFactory(parent=beside, title="Only in English", locale=english)
    directory.delete()
    assert Page.objects.filter(pk=own.pk).exists()


def test_a_page_made_private_is_private_in_every_language_then_open_again(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    restriction = PageViewRestriction.objects.create(page=entry, restriction_type="login")
    assert client.get(other.url).status_code == 302
    assert not is_found(other)

    restriction.delete()
    assert client.get(other.url).status_code == 200
    assert is_found(other)


def test_a_translation_of_a_private_page_is_private_from_the_start(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    PageViewRestriction.objects.create(page=entry, restriction_type="login")
    other = translated(entry, english)
    assert client.get(other.url).status_code == 302


def test_a_page_moved_below_a_private_one_is_private_in_every_language(
    client: Client, home: HomePage, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    closed = DirectoryPageFactory(parent=home, slug="ferme")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    entry.move(Page.objects.get(pk=closed.pk), pos="last-child")
    assert client.get(Page.objects.get(pk=other.pk).url).status_code == 302


def test_the_referent_and_the_verification_show_on_translated_entries(
    client: Client, entry: ResourcePage, english: Locale
) -> None:
    other = translated(entry, english)
    referent_of(entry, role="Cadre de santé", shows_role=True)
    publish(entry, verified_on=date(2026, 11, 2), verified_by_role="le secrétariat")
    shown = text(client, other)
    assert "Cadre de santé" in shown
    assert "le secrétariat" in shown


def test_numbers_days_and_choices_of_a_block_follow_its_words_do_not(
    home: HomePage, english: Locale
) -> None:
    doors = {"text": "Près de chez vous", "types": ["CMP"], "age": 20}
    page: NeedPage = NeedPageFactory(parent=home, doors=[{"type": "doors", "value": doors}])
    other = translated(page, english)
    (raw,) = other.doors.raw_data
    other.doors = [raw | {"value": raw["value"] | {"text": "Near you"}}]
    other.save_revision().publish()

    (raw,) = NeedPage.objects.get(pk=page.pk).doors.raw_data
    publish(page, doors=[raw | {"value": raw["value"] | {"types": ["CMPEA"], "age": 10}}])

    (block,) = in_english(page).doors
    assert list(block.value["types"]) == ["CMPEA"]
    assert block.value["age"] == 10
    assert "Near you" in str(block.value["text"])


def test_when_the_source_is_refused_nothing_changes_anywhere(
    entry: ResourcePage, english: Locale
) -> None:
    translated(entry, english)
    with pytest.raises(ValidationError):
        publish(entry, phone="pas un numéro")
    assert in_english(entry).phone == "04 91 00 00 01"
