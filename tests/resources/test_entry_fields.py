"""The fields of an entry: each named once, and an answer of every output for each."""

from django.core.checks.registry import registry
from django.db import models

import pytest

from resources import checks
from resources.choices import EntryStatus, MaskedPlace
from resources.entry_fields import ENTRY_FIELDS, FieldKind, Visibility
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage
from resources.open_data import fields as open_data
from tests.factories.resources import ResourcePageFactory

OUTPUTS = [output.module for output in checks.entry_outputs()]


def errors() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in checks.every_output_decides_on_every_field():
        found.setdefault(str(message.id), []).append(f"{message.msg} {message.hint}")
    return found


def add_field(monkeypatch: pytest.MonkeyPatch, owner: type[ResourcePage]) -> None:
    """A field that somebody has just written in a model, « wall_colour »."""
    field: models.Field = models.CharField("couleur des murs", max_length=20)
    field.set_attributes_from_name("wall_colour")
    field.model = owner
    monkeypatch.setitem(vars(owner._meta), "fields", (*owner._meta.fields, field))


def test_every_output_has_an_answer_for_every_field() -> None:
    assert errors() == {}


def test_the_check_runs_at_start() -> None:
    assert checks.every_output_decides_on_every_field in registry.get_checks()


@pytest.mark.parametrize("owner", [ResourcePage, CmpPage, GemPage, ClsmPage])
def test_a_new_field_stops_the_start_and_names_the_outputs(
    monkeypatch: pytest.MonkeyPatch, owner: type[ResourcePage]
) -> None:
    add_field(monkeypatch, owner)
    (message,) = errors()["resources.E001"]
    assert "wall_colour" in message
    assert [module for module in OUTPUTS if module not in message] == []
    assert 'LEFT_OUT = {"wall_colour": "pourquoi"}' in message
    assert len(OUTPUTS) == 8


def test_only_the_outputs_that_say_nothing_of_a_field_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_field(monkeypatch, GemPage)
    monkeypatch.setitem(open_data.LEFT_OUT, "wall_colour", "nobody asks")
    (message,) = errors()["resources.E001"]
    assert "resources.open_data.fields" not in message
    assert "resources.hsds.mapping" in message


def test_a_field_that_no_model_has_any_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_data.LEFT_OUT, "fax", "nobody has one")
    (message,) = errors()["resources.E002"]
    assert "resources.open_data.fields" in message
    assert "fax" in message


def test_a_field_is_not_both_read_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_data.LEFT_OUT, "phone", "by mistake")
    (message,) = errors()["resources.E002"]
    assert "phone" in message


def test_fields_are_those_of_the_models_with_their_lists() -> None:
    assert ENTRY_FIELDS["first_contact"].label == "premier contact"
    assert ENTRY_FIELDS["first_contact"].kind is FieldKind.TEXT
    assert ENTRY_FIELDS["publics"].kind is FieldKind.CODES
    assert ENTRY_FIELDS["status"].codes == EntryStatus.values
    assert ENTRY_FIELDS["membership"].page_types == (GemPage,)
    assert ENTRY_FIELDS["services.phone"].page_types == (ResourcePage, CmpPage, GemPage, ClsmPage)
    assert {"title", "closures.since", "notices.text", "phones.number"} <= ENTRY_FIELDS.keys()
    assert not {"id", "slug", "path", "page_ptr", "services.sort_order"} & ENTRY_FIELDS.keys()


@pytest.mark.django_db
def test_what_tells_where_a_place_is_has_no_public_value_when_it_is_masked() -> None:
    entry = ResourcePageFactory.build(
        address_street="1 rue Cachée",
        postcode="13003",
        siret="73282932000074",
        phone="04 91 00 00 00",
        owner_role="Secrétariat",
        address_is_masked=True,
        masked_place=MaskedPlace.NOTHING,
    )
    masked = [
        name
        for name, field in ENTRY_FIELDS.items()
        if field.visibility is Visibility.MASKED_WITH_ADDRESS
    ]
    assert {"address_street", "lat", "siret", "finess", "acceslibre_url"} <= {*masked}
    assert {ENTRY_FIELDS[name].public_value(entry) for name in masked} == {None}
    assert ENTRY_FIELDS["commune"].public_value(entry) is None
    assert ENTRY_FIELDS["phone"].public_value(entry) == "04 91 00 00 00"
    assert ENTRY_FIELDS["owner_role"].public_value(entry) is None
