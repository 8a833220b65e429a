"""What is told of hours by every place that tells them, and stored hours that cannot be told."""

import html
from datetime import date, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from portal.crisis.models import HelpLine
from portal.imports.parsers import CellText
from portal.imports.planner import plan_import
from resources.choices import EntryStatus
from resources.hsds.schedules import schedules
from resources.imports.parsers import parse_opening_hours
from resources.imports.reader import read_entries_table
from resources.imports.target import EntryTarget
from resources.indexing.open_periods import open_now
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage, Service
from resources.moderation.diff import format_hours
from resources.open_data.fields import FIELDS
from resources.opening_hours.fields import PlainHoursField
from resources.opening_hours.widgets import PlainHoursWidget
from resources.printing.entry import booklet_entry
from resources.selection_params import short_key
from resources.verification.messages import get_facts
from resources.verification.periodic_jobs import check_stored_hours
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory

TABLE = Path(__file__).parents[2] / "imports/cases/r03_tableau_horaires_rdv.csv"


def test_a_service_says_its_own_hours_number_and_conditions(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    entry.services.create(
        name="Permanence du soir",
        opening_hours='Th[1] 18:00-20:00; Fr "sur rendez-vous"',
        phone="04 42 00 00 03",
        publics=["adultes"],
        age_min=18,
        access_modes=["sans_rdv"],
        locale=entry.locale,
    )
    entry.services.create(name="Accueil", locale=entry.locale)
    entry.save_revision().publish()
    page = reader.get(entry.url).content.decode()
    told = page.replace("\u00a0", " ")
    assert "le premier jeudi du mois : 18 h – 20 h. Le vendredi : sur rendez-vous." in told
    assert 'href="tel:+33442000003"' in told
    assert "Adultes, à partir de 18 ans." in told
    assert told.count("Horaires :") == 1


def test_a_service_says_the_delay_it_declared_as_long_as_it_can_be_believed(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory)
    today = timezone.localdate()
    for name, declared in (("Suivi", today), ("Bilan", today - timedelta(days=200))):
        entry.services.create(
            name=name, first_delay="mois", first_delay_declared_on=declared, locale=entry.locale
        )
    entry.save_revision().publish()
    page = reader.get(entry.url).content.decode()
    assert page.count("Délai indiqué par le lieu") == 1
    assert "moins d’un mois" in page
    row = next(field for field in FIELDS if field.name == "services").source.read(
        ResourcePage.objects.get(pk=entry.pk)
    )
    assert [one["delai"] for one in row] == ["mois", None]
    form = ResourcePage.get_edit_handler().get_form_class().formsets["services"].form
    assert {"first_delay", "first_delay_declared_on"} <= form.base_fields.keys()
    with pytest.raises(ValidationError, match="quel jour"):
        Service(name="Suivi", first_delay="mois").clean()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ('"sur rendez-vous"', "Sur rendez-vous."),
        ("Mo[1] 14:00-16:00", "Le premier lundi du mois : 14 h – 16 h."),
        ('Mo-Fr 09:00-10:00 || "appelez"', "Sinon : appelez."),
        ("Mo-Fr 09:00-17:00; SH off", "Fermé pendant les vacances scolaires."),
    ],
)
def test_every_place_that_tells_hours_tells_the_same_words(
    directory: DirectoryPage, reader: Client, noon_on_tuesday: None, hours: str, words: str
) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours=hours)
    page = reader.get(entry.url).content.decode()
    selection = reader.get(f"/annuaire/selection/?f={short_key(entry)}").content.decode()
    others = {
        "page": page,
        "machines": page[page.index("application/ld+json") :],
        "selection": selection,
        "mail": str(get_facts(entry)),
        "moderation": " ".join(format_hours(hours)),
        "print": str(booklet_entry(entry)),
        "hsds": str(schedules("a", entry.opening_times, "")),
    }
    for name, text in others.items():
        plain = html.unescape(text).replace("\\u00A0", " ").replace("\\xa0", " ")
        assert words in plain.replace("\u00a0", " "), name
    assert "Ouvert maintenant" not in page
    assert open_now() == frozenset()


def test_a_list_of_places_open_now_agrees_with_their_pages(
    directory: DirectoryPage, noon_on_tuesday: None
) -> None:
    """It is 11 h on a Tuesday."""
    hours = {
        "Mo-Fr 09:00-12:00": True,
        "Mo-Fr 09:00-11:00": False,
        "Mo-Fr 11:00-12:00": True,
        '"sur rendez-vous"': False,
        'Mo-Fr 09:00-10:00 || "appelez"': False,
        "Mo-Su 20:00-12:00": True,
        "Mo-Fr 09:00-12:00; SH off": False,
    }
    entries = {ResourcePageFactory(parent=directory, opening_hours=text): text for text in hours}
    away = ResourcePageFactory(
        parent=directory, opening_hours="24/7", status=EntryStatus.TEMPORARILY_CLOSED
    )
    found = open_now()
    for entry, text in entries.items():
        assert (f"page:{entry.pk}" in found) == hours[text], text
        status = entry.opening_status
        assert (status is not None and status.is_open) == hours[text], text
    assert f"page:{away.pk}" not in found


@pytest.mark.usefixtures("communes", "directory")
def test_a_table_keeps_hours_that_words_can_say_and_refuses_school_holidays() -> None:
    ResourceTypeFactory(code="GEM", name="Groupe d’entraide")
    plan = plan_import(read_entries_table(TABLE.read_bytes(), TABLE.name, {}), EntryTarget())
    refused = [line for line in plan.lines if line.verdict.name == "REFUSED"]
    assert len(plan.lines) == 3
    (line,) = refused
    assert "vacances scolaires" in " ".join(line.sentences)


def test_stored_hours_that_cannot_be_told_are_listed_for_editors(
    directory: DirectoryPage, admin_client: Client
) -> None:
    assert check_stored_hours() is None
    known = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    old = ResourcePageFactory(parent=directory, title="Ancienne fiche")
    other = ResourcePageFactory(parent=directory, title="Avec un service")
    type(old).objects.filter(pk=old.pk).update(opening_hours="Mo-Fr 09:00-12:00; SH off")
    other.services.create(name="Nuit", opening_hours="quand on peut", locale=other.locale)
    other.save()
    message = check_stored_hours()
    assert message is not None
    assert message.startswith("2 fiches")
    page = admin_client.get(reverse("untold_hours")).content.decode()
    assert "Ancienne fiche" in page
    assert "vacances scolaires" in page
    assert "quand on peut" in page
    assert known.title not in page
    assert reverse("untold_hours") in admin_client.get("/admin/").content.decode()


def test_hours_of_a_help_line_that_cannot_be_told_are_refused_and_listed(
    db: None, admin_client: Client
) -> None:
    line = HelpLine(situation="Écoute", name="Écoute", number="0800 00 00 00")
    for text in ("Mo-Fr 09:00-17:00; SH off", "Mo-Fr sunrise-12:00", "Mo-Fr 9h"):
        line.opening_hours = text
        with pytest.raises(ValidationError) as refused:
            line.clean()
        assert "opening_hours" in refused.value.message_dict
    line.opening_hours = "Mo-Su 09:00-23:00"
    line.clean()
    line.verified_on = date(2026, 11, 1)
    line.opening_hours = "Mo-Fr 09:00-17:00; SH off"
    line.save()
    assert "0800 00 00 00 Écoute" in str(check_stored_hours())
    assert "0800 00 00 00 Écoute" in admin_client.get("/admin/").content.decode()


def test_the_forms_of_an_entry_and_of_its_services_refuse_what_cannot_be_told() -> None:
    form = ResourcePage.get_edit_handler().get_form_class()
    services = form.formsets["services"].form
    for one in (form, services):
        field = one.base_fields["opening_hours"]
        assert field.clean("Mo[1] 14:00-16:00") == "Mo[1] 14:00-16:00"
        for text in ("Mo-Fr 09:00-17:00; SH off", "Mo-Fr sunrise-12:00", "Mo-Fr 9h-12h"):
            with pytest.raises(ValidationError):
                field.clean(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("sur rendez-vous", '"sur rendez-vous"'),
        ("Sur RDV uniquement.", '"Sur RDV uniquement"'),
        ("Mo-Fr « sur rendez-vous »", 'Mo-Fr "sur rendez-vous"'),
        ("Mo-Fr “sur rendez-vous”", 'Mo-Fr "sur rendez-vous"'),
        ("Mo – Fr 09:00–12:00 ;", "Mo-Fr 09:00-12:00"),
        ("Mo-Fr 09:00-12:00;; Sa off", "Mo-Fr 09:00-12:00; Sa off"),
        ('Mo-Fr 09:00-12:00 "bâtiment A – 2 ; étage 1";',
         'Mo-Fr 09:00-12:00 "bâtiment A – 2 ; étage 1"'),
    ],
)  # fmt: skip
def test_what_a_word_processor_puts_in_hours_is_taken_away(typed: str, stored: str) -> None:
    field = ResourcePage.get_edit_handler().get_form_class().base_fields["opening_hours"]
    assert field.clean(typed) == stored
    assert parse_opening_hours(CellText(typed), 400) == stored


@pytest.mark.parametrize("typed", ["selon les jours", "Lu-Ve 9h-12h", "appelez le 04 91"])
def test_words_that_say_no_hours_stay_as_typed_with_a_sentence(typed: str) -> None:
    field = ResourcePage.get_edit_handler().get_form_class().base_fields["opening_hours"]
    with pytest.raises(ValidationError, match=typed):
        field.clean(typed)


def test_a_referent_is_not_asked_to_mend_hours_that_no_grid_can_say() -> None:
    stored = "Mo-Fr 09:00-17:00; SH off"
    assert PlainHoursField(required=False).clean(stored) == stored
    shown = PlainHoursWidget().get_context("h", stored, None)["widget"]["told"]
    assert "vacances scolaires" in shown


def test_an_old_entry_can_still_be_saved_by_who_changes_something_else(
    directory: DirectoryPage,
) -> None:
    old = ResourcePageFactory(parent=directory)
    old.opening_hours = "Mo-Fr 09:00-12:00; SH off"
    old.save_revision().publish()
    assert old.opening_status is None
