"""Whatever field of the editor asks for a date or an hour, it reads French."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.urls import URLResolver, get_resolver
from django.utils import timezone, translation

from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import (
    Block,
    DateBlock,
    DateTimeBlock,
    FieldBlock,
    ListBlock,
    TimeBlock,
)
from wagtail.contrib.settings.registry import registry
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

import pytest
from bs4 import BeautifulSoup
from django_filters.fields import DateRangeField
from django_filters.filters import QuerySetRequestMixin

from actions.models import ActionPage
from newsletter.models import EventPage

DAY, HOUR = date(2027, 1, 15), time(9, 30)
TYPED = ["15/01/2027", "15/01/27", "15 janvier 2027", "2027-01-15", "15/01/2027 à 9h30"]
UNREAD = ["31/02/2027", "le 15 du mois", "15/01", "15/01/0027", "0027-01-15", "46037"]
OTHER_SPELLINGS = ["vendredi 15/01/2027", "15-janv.-27", "15.01.27", "2027-1-15", "15 01 2027"]


def edit_form(model: Any) -> Any:
    return model.get_edit_handler().get_form_class()


def date_fields(model: Any) -> list[forms.Field]:
    fields = edit_form(model).base_fields.values()
    return [field for field in fields if isinstance(field, forms.DateField | forms.DateTimeField)]


def page_form(typed: Any = None, **options: Any) -> forms.Form:
    """The fields of an action alone: the whole form reads the database."""
    fields = edit_form(ActionPage).base_fields
    kind = type("PageForm", (forms.Form,), {name: fields[name] for name in ("start", "review_on")})
    return kind(typed, **options)


def read(field: forms.Field, typed: str) -> Any:
    return field.clean(field.widget.value_from_datadict(QueryDict(f"x={typed}"), {}, "x"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("typed", TYPED)
def test_every_date_of_a_page_is_read_as_typed(typed: str, language: str) -> None:
    fields = [*date_fields(ActionPage), *date_fields(EventPage)]
    assert len(fields) >= 8
    with translation.override(language):
        for field in fields:
            found = read(field, typed)
            if isinstance(found, datetime):
                found = timezone.localtime(found).date()
            assert found == DAY


def all_edit_forms() -> Iterator[Any]:
    """Those of pages, snippets and settings, and of the rows inside them."""
    snippets = [model for model in get_snippet_models() if model.__module__[:8] != "wagtail."]
    settings = [model for model in registry if issubclass(model, Model)]
    for model in [*get_page_models(), *snippets, *settings]:
        form = get_edit_handler(model).get_form_class()
        yield form
        yield from (rows.form for rows in getattr(form, "formsets", {}).values())


def views_of(patterns: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The views that are classes, each with what its address says to it."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views_of(one.url_patterns)
        elif view := getattr(one.callback, "view_class", None):
            yield view, getattr(one.callback, "view_initkwargs", {})


def all_screens() -> Iterator[tuple[str, forms.Field]]:
    """The fields of the forms and of the filters of every screen of the editor."""
    for view, known in views_of(get_resolver().url_patterns):
        form = known.get("form_class") or getattr(view, "form_class", None)
        for label, field in getattr(form, "base_fields", {}).items():
            yield f"{view.__name__}.{label}", field
        filters = known.get("filterset_class") or getattr(view, "filterset_class", None)
        for label, one in getattr(filters, "base_filters", {}).items():
            if not isinstance(one, QuerySetRequestMixin):  # of rows, never of days
                yield f"{view.__name__}.{label}", one.field


def all_blocks() -> Iterator[tuple[str, forms.Field]]:
    """The fields of every block of every page."""

    def walk(block: Block, path: str) -> Iterator[tuple[str, forms.Field]]:
        if isinstance(block, FieldBlock):
            yield path, block.field
        children = dict(getattr(block, "child_blocks", {}))
        if isinstance(block, ListBlock):
            children["item"] = block.child_block
        for name, child in children.items():
            yield from walk(child, f"{path}.{name}")

    for model in [*get_page_models(), *get_snippet_models()]:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from walk(field.stream_block, f"{model.__name__}.{field.name}")


def test_no_screen_filter_or_block_reads_dates_in_another_way(db: None) -> None:
    found: dict[str, int] = {"day": 0, "hour": 0, "range": 0}
    for name, field in [*all_screens(), *all_blocks()]:
        if isinstance(field, forms.DateField | forms.DateTimeField):
            found["day"] += 1
            day = read(field, "15 janvier 2027")
            assert (timezone.localtime(day).date() if isinstance(day, datetime) else day) == DAY, (
                name
            )
        elif isinstance(field, forms.TimeField):
            found["hour"] += 1
            assert read(field, "9h30") == HOUR, name
        elif isinstance(field, DateRangeField):
            found["range"] += 1
            data = QueryDict("x_from=15 janvier 2027&x_to=15/01/27")
            span = field.clean(field.widget.value_from_datadict(data, {}, "x"))
            assert (span.start.date(), span.stop.date()) == (DAY, DAY), name
        else:
            kinds = (forms.DateInput, forms.DateTimeInput, forms.TimeInput)
            assert not isinstance(field.widget, kinds), name
    assert found["day"] > 1
    assert found["range"] > 3


@pytest.mark.parametrize("typed", OTHER_SPELLINGS)
def test_every_date_field_of_the_editor_reads_french(typed: str) -> None:
    found = 0
    for form in all_edit_forms():
        for name, field in form.base_fields.items():
            if isinstance(field, forms.DateField | forms.DateTimeField):
                found += 1
                day = read(field, typed)
                day = timezone.localtime(day).date() if isinstance(day, datetime) else day
                assert day == DAY, (form, name)
            elif isinstance(field, forms.TimeField):
                found += 1
                assert read(field, "9h30") == HOUR, (form, name)
    assert found > 30


@pytest.mark.parametrize("typed", ["15/01/2027 09:30", "15 janvier 2027 à 9h30", "15/1/27 9 h 30"])
def test_the_hour_of_a_publication_is_read_as_typed(typed: str) -> None:
    fields = edit_form(Page).base_fields
    for name in ("go_live_at", "expire_at"):
        moment = timezone.localtime(read(fields[name], typed))
        assert moment.replace(tzinfo=None) == datetime.combine(DAY, HOUR)


@pytest.mark.parametrize("typed", TYPED)
def test_blocks_and_filters_read_the_same(typed: str) -> None:
    assert read(DateBlock(required=False).field, typed) == DAY
    assert read(DateTimeBlock().field, typed).date() == DAY
    with translation.override("fr"):
        ranges = Filters({"day_from": typed, "day_to": typed})
        assert ranges.is_valid()
        span = ranges.cleaned_data["day"]
        assert (span.start.date(), span.stop.date()) == (DAY, DAY)


class Filters(forms.Form):
    day = DateRangeField(widget=DateRangePickerWidget)


@pytest.mark.parametrize("typed", ["9h30", "09:30", "9 h 30", "9:30"])
def test_an_hour_alone_is_read(typed: str) -> None:
    assert read(TimeBlock().field, typed) == HOUR


@pytest.mark.parametrize("typed", UNREAD)
def test_what_cannot_be_read_stays_in_the_field_with_a_sentence(typed: str) -> None:
    form = page_form({"start": typed})
    assert "Écrivez-la comme 15/10/2026" in str(form.errors["start"])
    assert BeautifulSoup(str(form["start"]), "html.parser").input["value"] == typed


def test_dates_are_shown_in_french_and_the_picker_rewrites_none() -> None:
    form = page_form(initial={"start": DAY})
    shown = BeautifulSoup(str(form["start"]), "html.parser")
    assert shown.input["value"] == "15/01/2027"
    picker = form.fields["start"].widget.get_config()
    assert picker["format"] == "d/m/Y"
    assert picker["validateOnBlur"] is False
    assert json.dumps(picker)[1:-1] in str(shown.script)


def test_a_form_that_is_shown_again_says_the_date_as_it_was_read() -> None:
    form = page_form({"start": "15 janvier 2027"})
    form.is_valid()
    shown = BeautifulSoup(str(form["start"]), "html.parser")
    assert shown.input["value"] == "15/01/2027"


def test_the_dialog_to_schedule_uses_the_same_picker() -> None:
    fields = edit_form(ActionPage).base_fields
    for name in ("go_live_at", "expire_at"):
        picker = fields[name].widget.get_config()
        assert picker["validateOnBlur"] is False
        assert picker["format"] == "d/m/Y H:i"
