"""System check: each field of a translatable model says what other languages do with it."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Field, Model

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin

from portal.base.checks.conventions import own_models

#: What an object is itself in each language.
_OWN_TO_EACH_VERSION = {"uuid"}


@register(Tags.models)
def check_translation_fields(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{model.__name__} does not say what becomes of « {name} » in other languages.",
            hint=(
                "Name it in « override_translatable_fields »: shared, translated, or a fact told "
                "in words (see portal.base.translation_fields)."
            ),
            obj=model,
            id="translations.E001",
        )
        for model in translatable_models()
        for name in fields_to_declare(model)
        if name not in declared_fields(model)
    ]


def translatable_models() -> list[type[Model]]:
    """The project's pages, snippets and child rows that exist in several languages."""
    return [model for model in own_models() if issubclass(model, TranslatableMixin)]


def declared_fields(model: Any) -> set[str]:
    return {field.field_name for field in getattr(model, "override_translatable_fields", [])}


def fields_to_declare(model: Any) -> list[str]:
    """The names of a model's own editable fields and child lists, without Wagtail's."""
    return [*_own_fields(model), *_own_lists(model)]


def _own_fields(model: Any) -> Iterable[str]:
    inherited = _fields_of_wagtail(model)
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        is_link = isinstance(field, ParentalKey) or bool(
            getattr(field.remote_field, "parent_link", 0)
        )
        if field.editable and not is_link and field.name not in inherited | _OWN_TO_EACH_VERSION:
            yield field.name


def _is_parent_link(field: Any) -> bool:
    return bool(getattr(field.remote_field, "parent_link", False))


def _own_lists(model: Any) -> Iterable[str]:
    for relation in get_all_child_relations(model):
        if relation.related_model in list(own_models()):
            yield relation.name


def _fields_of_wagtail(model: Any) -> set[str]:
    """The names of the fields that Wagtail gives: those of pages, drafts, order, translation."""
    found = {"id"}
    for base in model.__mro__:
        if base.__module__.startswith("wagtail.") and hasattr(base, "_meta"):
            own: list[Field] = [*base._meta.fields, *base._meta.many_to_many]
            found.update(field.name for field in own)
    return found | {field.name for field in Page._meta.get_fields() if issubclass(model, Page)}
