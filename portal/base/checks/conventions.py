"""System checks of the project's conventions."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from wagtail.models import Page

OWN_APPS = (
    "base",
    "geo",
    "users",
    "images",
    "home",
    "actions",
    "resources",
    "newsletter",
    "search",
)


def own_models() -> Iterator[type[Model]]:
    """Every concrete model that this project defines."""
    for label in OWN_APPS:
        if apps.is_installed(label) or label in apps.app_configs:
            yield from apps.get_app_config(label).get_models()


def own_page_types() -> Iterator[type[Page]]:
    """Every page type of this project that an editor may create."""
    model: Any
    for model in own_models():
        if issubclass(model, Page) and model.is_creatable:
            yield model


@register(Tags.models)
def check_personal_fields(**_: Any) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for model in own_models():
        if "personal_fields" not in vars(model):
            messages.append(
                Error(
                    f"{model.__name__} does not say which of its fields are personal data.",
                    hint="Add « personal_fields = () », or the names of the fields that are.",
                    obj=model,
                    id="portal.E001",
                )
            )
            continue
        names = {field.name for field in model._meta.get_fields()}
        messages.extend(
            Error(
                f"{model.__name__}.personal_fields names « {name} », which is no field.",
                hint="Mend the name, or remove it.",
                obj=model,
                id="portal.E002",
            )
            for name in set(vars(model)["personal_fields"]) - names
        )
    return messages


@register(Tags.templates)
def check_page_templates(**_: Any) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for model in own_page_types():
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            messages.append(
                Error(
                    f"{model.__name__} has no template.",
                    hint=f"Create « templates/{model.template} ».",
                    obj=model,
                    id="portal.E003",
                )
            )
    return messages


@register(Tags.models)
def check_page_descriptions(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{model.__name__} has no page_description.",
            hint="Say in one French sentence, for the editor, who this page type serves.",
            obj=model,
            id="portal.E004",
        )
        for model in own_page_types()
        if not model.get_page_description()
    ]
