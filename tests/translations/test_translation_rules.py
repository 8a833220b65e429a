"""Each page type says which of its fields are translated and which are shared."""

from typing import Any

from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

import pytest

from portal.base.checks.conventions import own_models
from portal.base.models import BasePage

PAGE_TYPES = [model for model in own_models() if issubclass(model, BasePage)]
# Wagtail decides for its own fields; a page's identity is its own in each language.
NEVER = {"uuid"}
# The easy-to-read version is proof-read on a day of its own.
OWN_TO_EACH_LANGUAGE = {"proofread_on"}


def own_fields(model: type[BasePage]) -> set[str]:
    wagtails = {field.name for field in Page._meta.get_fields()}
    return {
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.editable and not field.name.endswith("_ptr") and field.name not in wagtails | NEVER
    }


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_field_is_said_translated_or_shared(model: Any) -> None:
    said = {field.field_name for field in model.override_translatable_fields}
    assert own_fields(model) - said == set()


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_phones_addresses_dates_and_figures_are_never_retyped(model: Any) -> None:
    facts = {
        field.name
        for field in model._meta.concrete_fields
        if (
            field.name in own_fields(model)
            and field.get_internal_type()
            in (
                "DateField",
                "DateTimeField",
                "DecimalField",
                "FloatField",
                "EmailField",
                "URLField",
            )
        )
        or field.name in ("phone", "opening_hours", "street", "postcode", "finess", "siret")
    }
    shared = {
        field.field_name
        for field in model.override_translatable_fields
        if isinstance(field, SynchronizedField) and not field.is_overridable(None)
    }
    assert facts - shared - OWN_TO_EACH_LANGUAGE == set()
