"""The short form by which a structure changes its entry, from its account or a signed link."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

import pytest

from resources.choices import AppointmentDelay, CostType, EntryStatus
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from resources.update_form import EntryForm
from tests.factories.geo import CommuneFactory
from tests.factories.referents import typed
from tests.factories.resources import GemPageFactory, ResourcePageFactory

HALF_A_RANGE = {"opening_hours-0-0-start": "09:00", "opening_hours-0-0-end": ""}


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(
        parent=directory,
        phone="04 91 38 54 60",
        email="accueil@exemple.example",
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:00; PH off",
        address_street="1 rue Exemple",
        postcode="13005",
        commune=CommuneFactory(code="13205", name="Marseille 5e Arrondissement"),
        lat=43.29,
        lon=5.39,
        publics=["adultes"],
        cost=CostType.FREE,
        summary="On y parle.",
    )


def sent(entry: ResourcePage, **changes: object) -> EntryForm:
    return EntryForm(entry, typed(entry, **changes))


def test_a_form_sent_as_it_was_shown_changes_nothing(entry: ResourcePage) -> None:
    form = sent(entry)
    assert form.is_valid(), form.errors
    assert form.touched == []


@pytest.mark.parametrize(
    "hours",
    ["", "Mo,Tu,We 09:00-12:00", "Mo-Su 10:00-24:00", "Mo[1] 14:00-17:00", "24/7",
     "Mo 9:00-12:00; Tu off"],
)  # fmt: skip
def test_hours_written_in_another_way_are_not_a_change(entry: ResourcePage, hours: str) -> None:
    entry.opening_hours = hours
    form = sent(entry)
    assert form.is_valid(), form.errors
    assert form.touched == []


def test_only_what_was_typed_is_written(entry: ResourcePage) -> None:
    form = sent(entry, phone="0491000000", status=EntryStatus.TEMPORARILY_CLOSED)
    assert form.is_valid(), form.errors
    page = ResourcePage(summary="Écrit par quelqu’un d’autre.")
    form.apply(page)
    assert (page.phone, page.status) == ("0491000000", EntryStatus.TEMPORARILY_CLOSED)
    assert page.summary == "Écrit par quelqu’un d’autre."


def test_what_somebody_published_meanwhile_is_not_undone(entry: ResourcePage) -> None:
    data = typed(entry, summary="On y parle et on y joue.")
    entry.phone = "04 91 99 99 99"
    form = EntryForm(entry, data)
    assert form.is_valid(), form.errors
    assert form.touched == ["summary"]


def test_the_week_is_typed_in_a_grid(entry: ResourcePage) -> None:
    hours = {"opening_hours-1-1-start": "", "opening_hours-1-1-end": ""}
    hours |= {"opening_hours-5-0-start": "9h30", "opening_hours-5-0-end": "12 h"}
    form = sent(entry, **hours)
    assert form.is_valid(), form.errors
    form.apply(entry)
    assert entry.opening_hours == (
        "Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00; We-Fr 09:00-12:00,14:00-17:00; "
        "Sa 09:30-12:00; PH off"
    )


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"phone": "12 34"}, "phone", "n’est pas un numéro français"),
        ({"email": "accueil"}, "email", "n’est pas complète"),
        ({"website": "pas un site"}, "website", "n’est pas complète"),
        ({"postcode": "1300"}, "postcode", "cinq chiffres"),
        ({"commune": "99999"}, "commune", "choix valide"),
        ({"age_min": "30", "age_max": "12"}, "age_max", "plus petit"),
        ({"age_min": "-3"}, "age_min", "supérieure ou égale à 0"),
        ({"summary": "x" * 281}, "summary", "281 signes, 280 au plus"),
        ({"publics": ["martiens"]}, "publics", "martiens"),
        ({"status": "peut-être"}, "status", "choix valide"),
        (HALF_A_RANGE, "opening_hours", "Il manque une heure"),
        ({"opening_hours-0-0-start": "midi"}, "opening_hours", "ne sont pas compris"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(
    entry: ResourcePage, changes: dict, field: str, words: str
) -> None:
    form = sent(entry, first_contact="Poussez la porte.", **changes)
    assert not form.is_valid()
    assert words in str(form.errors[field])
    page = render_to_string("resources/update_form.html", {"form": form})
    assert "Poussez la porte." in page
    for value in changes.values():
        if isinstance(value, str):
            assert f'value="{value}"' in page or value in page
    assert [item["id"] for item in form.error_items] == [form[field].id_for_label or f"id_{field}"]
    assert f'id="{form.error_items[0]["id"]}' in page


def test_the_hours_of_the_other_days_stay_when_one_is_wrong(entry: ResourcePage) -> None:
    form = sent(entry, **{"opening_hours-0-0-start": "midi"})
    page = render_to_string("resources/update_form.html", {"form": form})
    assert 'name="opening_hours-0-0-start" value="midi"' in page
    assert 'name="opening_hours-4-1-end" value="17:00"' in page


def test_hours_that_no_grid_can_say_stay_until_the_grid_is_filled(entry: ResourcePage) -> None:
    entry.opening_hours = "Mo[1] 14:00-17:00"
    assert "Mo[1]" in render_to_string("resources/update_form.html", {"form": EntryForm(entry)})
    week = {"opening_hours-0-0-start": "09:00", "opening_hours-0-0-end": "12:00"}
    form = sent(entry, **week)
    assert form.is_valid(), form.errors
    form.apply(entry)
    assert entry.opening_hours == "Mo 09:00-12:00"


def test_a_delay_is_declared_the_day_it_is_told(entry: ResourcePage) -> None:
    form = sent(entry, first_delay=AppointmentDelay.MONTH)
    assert form.is_valid(), form.errors
    form.apply(entry)
    assert entry.first_delay == AppointmentDelay.MONTH
    assert entry.first_delay_declared_on == timezone.localdate()


def test_a_delay_that_is_too_old_is_asked_anew(entry: ResourcePage) -> None:
    entry.first_delay = AppointmentDelay.MONTH
    entry.first_delay_declared_on = timezone.localdate() - timedelta(days=200)
    form = sent(entry, first_delay=AppointmentDelay.MONTH)
    assert form.is_valid(), form.errors
    form.apply(entry)
    assert entry.first_delay_declared_on == timezone.localdate()


def test_a_new_address_forgets_the_point_of_the_old_one(entry: ResourcePage) -> None:
    form = sent(entry, address_street="9 avenue Exemple")
    assert form.is_valid(), form.errors
    form.apply(entry)
    assert entry.public_point is None
    assert entry.address_street == "9 avenue Exemple"


def test_a_secret_address_is_neither_shown_nor_taken(entry: ResourcePage) -> None:
    entry.address_is_masked = True
    page = render_to_string("resources/update_form.html", {"form": EntryForm(entry)})
    assert "1 rue Exemple" not in page
    assert "13005" not in page
    assert "tenue secrète" in page
    form = EntryForm(entry, typed(entry) | {"address_street": "9 avenue Exemple"})
    assert form.is_valid(), form.errors
    assert form.touched == []


def test_a_forged_memory_of_what_was_shown_is_ignored(entry: ResourcePage) -> None:
    form = sent(entry, seen="n’importe quoi")
    assert form.is_valid(), form.errors
    assert form.touched == []


def test_what_the_entry_refuses_later_is_shown_at_its_field_too(entry: ResourcePage) -> None:
    form = sent(entry, phone="0491000000")
    assert form.is_valid()
    form.tell(ValidationError({"phone": "Ce numéro ne va pas.", "type": "Choisissez un type."}))
    assert not form.is_valid()
    assert [item["text"] for item in form.error_items] == [
        "Choisissez un type.", "Ce numéro ne va pas."
    ]  # fmt: skip


def test_every_kind_of_entry_has_the_form(directory: DirectoryPage) -> None:
    gem = GemPageFactory(parent=directory)
    form = sent(gem, first_contact="Poussez la porte.")
    assert form.is_valid(), form.errors
    form.apply(gem)
    gem.full_clean()
    assert gem.first_contact == "Poussez la porte."


def test_no_field_is_without_words(entry: ResourcePage) -> None:
    entry.first_delay_declared_on = date(2020, 1, 1)
    form = EntryForm(entry)
    assert all(str(bound.label)[:1].isupper() for bound in form if bound.name != "seen")
