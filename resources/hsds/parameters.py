"""What a question to the API may say; what makes no sense is refused by its name."""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

#: The version of the standard.
VERSION = "3.1.1"
JSON = "json"
NDJSON = "ndjson"
PER_PAGE = 50
MOST_PER_PAGE = 200
#: « Minimal » aims at one page: two facts a service.
MOST_MINIMAL = 10_000
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200
#: What words find at most, best first.
MOST_FOUND = 1000
FARTHEST_METRES = 500_000
#: A « + » that nobody wrote as %2B reads as a blank: « 2026-01-01T00:00:00 01:00 ».
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")


class InvalidParameter(Exception):
    """A parameter that makes no sense; the message names it and says what it may be."""


class MomentField(forms.CharField):
    """A date or a moment as ISO 8601 writes them; without offset, it is Paris time."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        return _moment(text) if text else None


class FlagField(forms.CharField):
    """« true » or « false »."""

    _MEANINGS = {"": False, "true": True, "1": True, "false": False, "0": False}

    def clean(self, value: Any) -> bool:
        text = super().clean(value).lower()
        if text not in self._MEANINGS:
            raise ValidationError(_("« true » ou « false »."))
        return self._MEANINGS[text]


class PagedForm(forms.Form):
    """What all lists have."""

    search = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PER_PAGE)
    format = forms.ChoiceField(required=False, choices=[(JSON, JSON), (NDJSON, NDJSON)])


class ClassifiedForm(PagedForm):
    taxonomy_term_id = forms.UUIDField(required=False)
    taxonomy_id = forms.UUIDField(required=False)
    full = FlagField(required=False)


class OfferForm(ClassifiedForm):
    organization_id = forms.UUIDField(required=False)
    modified_after = MomentField(required=False)


class ServiceForm(OfferForm):
    per_page = forms.IntegerField(required=False, min_value=1, max_value=MOST_MINIMAL)
    minimal = FlagField(required=False)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        most = MOST_MINIMAL if asked.get("minimal") else MOST_PER_PAGE
        if (asked.get("per_page") or 0) > most:
            self.add_error("per_page", _("Au plus %(count)s.") % {"count": most})
        if asked.get("minimal"):
            asked["per_page"] = asked.get("per_page") or most
        return asked


class ServiceAtLocationForm(OfferForm):
    postcode = forms.RegexField(r"^[0-9]{5}$", required=False)
    proximity = forms.FloatField(required=False, min_value=1, max_value=FARTHEST_METRES)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if asked.get("proximity") and not asked.get("postcode"):
            self.add_error("proximity", _("Donnez aussi « postcode »."))
        return asked


class OrganizationForm(ClassifiedForm):
    full_service = FlagField(required=False)


class OneOrganizationForm(forms.Form):
    full_service = FlagField(required=False)


class TermForm(PagedForm):
    taxonomy_id = forms.UUIDField(required=False)
    parent_id = forms.UUIDField(required=False)
    top_only = FlagField(required=False)


def read_parameters(form: type[forms.Form], query: QueryDict) -> dict[str, Any]:
    """What is asked; ``InvalidParameter`` for the first thing that is wrong.

    A parameter of another name is none of ours, and is left alone.
    """
    asked = form(query)
    for name, messages in asked.errors.items():
        raise InvalidParameter(f"« {name} » : {messages[0]}")
    return asked.cleaned_data


def _moment(text: str) -> datetime:
    """A moment that every database can hold."""
    text = _LOST_PLUS.sub("+", text)
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
        if day:
            moment = datetime(day.year, day.month, day.day)
        if moment is None:
            raise ValueError
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationError(
            _("Une date, ou un moment comme 2026-11-10T09:00:00+01:00.")
        ) from None
