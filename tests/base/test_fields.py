from django.core.exceptions import ValidationError

from wagtail import blocks

import pytest

from portal.base.choices import Public
from portal.base.fields import CodesField, StreamField


@pytest.fixture
def field() -> CodesField:
    field = CodesField("publics", choices=Public.choices)
    field.set_attributes_from_name("publics")
    return field


def test_codes_are_kept_so_that_one_can_be_found_exactly(field: CodesField) -> None:
    assert field.get_prep_value(["adultes", "proches"]) == "|adultes|proches|"
    assert field.to_python("|adultes|proches|") == ["adultes", "proches"]
    assert field.get_prep_value([]) == ""
    assert field.to_python(None) == []


def test_an_unknown_code_is_refused_by_name(field: CodesField) -> None:
    with pytest.raises(ValidationError, match="martiens"):
        field.clean(["adultes", "martiens"], None)


def test_codes_are_said_in_words(field: CodesField) -> None:
    assert field.labels(["proches", "adultes"]) == ["Adultes", "Familles et proches"]


def test_blocks_and_choices_stay_out_of_migrations(field: CodesField) -> None:
    assert "choices" not in field.deconstruct()[3]
    _name, path, args, _kwargs = StreamField([("text", blocks.CharBlock())]).deconstruct()
    assert (path, args) == ("portal.base.fields.StreamField", [[]])
