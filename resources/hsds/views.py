"""``/api/hsds/``: what HSDS asks of a server, for reading; nothing is written, nothing kept."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api.decorators import (
    FILES_A_MINUTE,
    HOUR,
    MINUTE,
    as_json,
    if_changed,
    public_data,
    refusal,
    too_many,
)
from portal.exports.streaming import streaming_response
from resources.hsds import serializers
from resources.hsds.filters import operators
from resources.hsds.identifiers import as_uuid
from resources.hsds.openapi import LINES, VERSION, describe
from resources.hsds.pagination import Found, lines, page_data
from resources.hsds.parameters import (
    NDJSON,
    PER_PAGE,
    BadParameter,
    OneOrganizationForm,
    OrganizationForm,
    PagedForm,
    ServiceAtLocationForm,
    ServiceForm,
    TermForm,
    read,
)
from resources.hsds.querysets import offers, with_id
from resources.open_data.querysets import directory_stamp, source_entries

PROFILE = "https://docs.openreferral.org/"
QUESTIONS_A_MINUTE = 300


@public_data(HOUR)
def root(request: HttpRequest) -> HttpResponseBase:
    """What this is: the plain standard, without any profile of ours."""
    openapi_url = request.build_absolute_uri(reverse("resources:hsds_openapi"))
    return as_json({"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url})


@public_data(HOUR)
def openapi(request: HttpRequest) -> HttpResponseBase:
    return as_json(describe(request.build_absolute_uri(reverse("resources:hsds"))))


@public_data(MINUTE)
def services(request: HttpRequest) -> HttpResponseBase:
    return _list(request, ServiceForm, serializers.services)


@public_data(MINUTE)
def service(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return _one(
        request,
        identifier,
        lambda known: serializers.offers_found(with_id(offers(), known), full=True),
    )


@public_data(MINUTE)
def services_at_locations(request: HttpRequest) -> HttpResponseBase:
    return _list(request, ServiceAtLocationForm, serializers.services_at_locations)


@public_data(MINUTE)
def service_at_location(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return _one(
        request,
        identifier,
        lambda known: serializers.at_locations_found(with_id(offers(), known), full=True),
    )


@public_data(MINUTE)
def organizations(request: HttpRequest) -> HttpResponseBase:
    return _list(request, OrganizationForm, serializers.organizations)


@public_data(MINUTE)
def organization(request: HttpRequest, identifier: str) -> HttpResponseBase:
    def find(known: UUID) -> Found:
        asked = read(OneOrganizationForm, request.GET)
        return serializers.organizations_found(
            _organization(known), full=True, full_service=asked["full_service"]
        )

    return _one(request, identifier, find)


@public_data(HOUR)
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    return _list(request, PagedForm, serializers.all_taxonomies)


@public_data(HOUR)
def taxonomy(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return _one(request, identifier, lambda known: _with_id(serializers.all_taxonomies({}), known))


@public_data(HOUR)
def taxonomy_terms(request: HttpRequest) -> HttpResponseBase:
    return _list(request, TermForm, serializers.all_terms)


@public_data(HOUR)
def taxonomy_term(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return _one(request, identifier, lambda known: _with_id(serializers.all_terms({}), known))


def _list(
    request: HttpRequest, form: type[forms.Form], find: Callable[[dict[str, Any]], Found]
) -> HttpResponseBase:
    """A list, one page of it or all of it line by line."""
    if refused := too_many(request, "hsds", QUESTIONS_A_MINUTE):
        return refused
    try:
        asked = read(form, request.GET)
    except SuspiciousOperation:  # more parameters than any question has
        return refusal(_("Trop de paramètres."), 400)
    except BadParameter as mistake:
        return refusal(str(mistake), 400)
    if asked["format"] == NDJSON:
        etag = directory_stamp("hsds", request.get_full_path())
        return too_many(request, "hsds-lines", FILES_A_MINUTE) or if_changed(
            request, etag, lambda: streaming_response(lines(find(asked)), LINES)
        )
    return as_json(page_data(find(asked), asked["page"] or 1, asked["per_page"] or PER_PAGE))


def _one(request: HttpRequest, identifier: str, find: Callable[[UUID], Found]) -> HttpResponseBase:
    """One object by its identifier."""
    if refused := too_many(request, "hsds", QUESTIONS_A_MINUTE):
        return refused
    known = as_uuid(identifier)
    try:
        found = find(known) if known else None
    except SuspiciousOperation:
        return refusal(_("Trop de paramètres."), 400)
    except BadParameter as mistake:
        return refusal(str(mistake), 400)
    written = found.write(list(found.keys[:1])) if found else []
    if not written:
        return refusal(_("Rien ici n’a cet identifiant."), 404)
    return as_json(written[0])


def _organization(identifier: UUID) -> Sequence[serializers.Organization]:
    page = source_entries().filter(uuid=identifier).values_list("pk", flat=True).first()
    if page is not None:
        is_one = offers().filter(organization_page=page).exists()
        return [page] if is_one else []
    return [*operators().get(str(identifier), [])[:1]]


def _with_id(found: Found, identifier: UUID) -> Found:
    return Found([one for one in found.keys if one["id"] == str(identifier)], found.write)
