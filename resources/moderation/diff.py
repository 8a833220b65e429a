"""Differences between two versions of an entry, as labels and sentences for people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.admin.compare import StreamFieldComparison
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.base.fields import CodesField
from portal.text.date_format import format_date
from resources.models import ResourcePage
from resources.opening_hours.opening_times import OpeningTimes

#: What Wagtail's own page holds that a person changes; the rest of it is book-keeping.
_PAGE_FIELDS = {"title", "slug", "seo_title", "search_description", "go_live_at", "expire_at"}
_HIDDEN_FIELDS = {"uuid", "translation_key", "locale", "sort_order", "id", "seeks_referent"}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One thing that changes; ``diff`` is HTML, for long texts."""

    label: str
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    diff: SafeString | str = ""


def get_differences(before: ResourcePage, after: ResourcePage) -> list[FieldDifference]:
    """What changes between two versions of an entry, in the order of its fields."""
    return [
        *_diff_fields(before, after),
        *_diff_relations(before, after),
        *_diff_child_rows(before, after),
    ]


def _diff_fields(before: ResourcePage, after: ResourcePage) -> Iterator[FieldDifference]:
    for one in type(after)._meta.concrete_fields:
        if not _is_shown(one):
            continue
        old, new = getattr(before, one.name), getattr(after, one.name)
        if isinstance(one, StreamField):
            compared = StreamFieldComparison(one, before, after)
            if compared.has_changed():
                yield FieldDifference(_label(one), diff=compared.htmldiff())
        elif (
            old != new
            and (words := (format_value(one, old), format_value(one, new)))[0] != words[1]
        ):
            yield FieldDifference(_label(one), *words)


def _is_shown(one: Any) -> bool:
    if one.name in _HIDDEN_FIELDS or (one.remote_field and one.remote_field.parent_link):
        return False
    if issubclass(Page, one.model):
        return one.name in _PAGE_FIELDS
    return bool(one.editable)


def _label(one: Any) -> str:
    return capfirst(str(one.verbose_name))


def format_value(one: Any, value: Any) -> list[str]:
    """A value as a reader would be told it; nothing when there is none."""
    if isinstance(one, CodesField):
        return one.labels(value)
    if one.name == "opening_hours":
        return format_hours(value)
    if isinstance(one, models.BooleanField):
        return [_("oui") if value else _("non")]
    if value in (None, ""):
        return []
    if one.flatchoices:
        return [str(dict(one.flatchoices).get(value, value))]
    if isinstance(value, datetime):
        return [date_format(value, "SHORT_DATETIME_FORMAT")]
    return [format_date(value) if isinstance(value, date) else str(value)]


def format_hours(text: str) -> list[str]:
    times = OpeningTimes(text)
    said = times.week_lines()
    is_untold = times.is_weekly and times.closes_on_holidays
    return [*said, _("Fermé les jours fériés.")] if is_untold else said


def _diff_relations(before: ResourcePage, after: ResourcePage) -> Iterator[FieldDifference]:
    for one in type(after)._meta.many_to_many:
        if not isinstance(one, ParentalManyToManyField):
            continue
        old, new = (sorted(str(x) for x in getattr(p, one.name).all()) for p in (before, after))
        if old != new:
            yield FieldDifference(_label(one), old, new)


def _diff_child_rows(before: ResourcePage, after: ResourcePage) -> Iterator[FieldDifference]:
    """Rows that went, and rows that came; one that changed is both."""
    for relation in get_all_child_relations(type(after)):
        kind = relation.related_model
        if kind._meta.app_label != "resources":
            continue
        name = relation.get_accessor_name()
        old, new = ([_format_row(r) for r in getattr(p, name).all()] for p in (before, after))
        gone, come = [r for r in old if r not in new], [r for r in new if r not in old]
        if gone or come:
            yield FieldDifference(capfirst(str(kind._meta.verbose_name_plural)), gone, come)


def _format_row(row: Any) -> str:
    said = []
    for one in row._meta.concrete_fields:
        if one.name in _HIDDEN_FIELDS or not one.editable or one.remote_field:
            continue
        if words := format_value(one, getattr(row, one.name)):
            said.append(f"{_label(one)} : {', '.join(words)}")
    return " ; ".join(said)
