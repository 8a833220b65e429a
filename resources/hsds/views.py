"""``/api/hsds/``: what HSDS asks of a server, for reading; nothing is written, nothing kept."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api.decorators import (
    HOUR,
    MINUTE,
    as_json,
    if_changed,
    public_data,
    refusal,
    too_many,
)
from portal.api.openapi import document_of
from portal.api.openapi_file import FORMATS
from portal.exports.streaming import streaming_response
from resources.hsds import serializers
from resources.hsds.filters import operators
from resources.hsds.identifiers import as_uuid
from resources.hsds.pagination import ObjectList, lines, page_data
from resources.hsds.parameters import (
    NDJSON,
    PER_PAGE,
    VERSION,
    InvalidParameter,
    OneOrganizationForm,
    OrganizationForm,
    PagedForm,
    ServiceAtLocationForm,
    ServiceForm,
    TermForm,
    read_parameters,
)
from resources.hsds.querysets import offers, with_id
from resources.open_data.querysets import directory_stamp, source_entries

PROFILE = "https://docs.openreferral.org/"

FindAll = Callable[[dict[str, Any]], ObjectList]
FindOne = Callable[[UUID, HttpRequest], ObjectList]
View = Callable[..., HttpResponseBase]


@public_data(HOUR)
def root(request: HttpRequest) -> HttpResponseBase:
    """What this is: the plain standard, without any profile of ours."""
    openapi_url = request.build_absolute_uri(reverse("resources:hsds_openapi"))
    return as_json({"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url})


@public_data(HOUR)
def openapi(request: HttpRequest) -> HttpResponseBase:
    return as_json(document_of("hsds", request.build_absolute_uri(reverse("resources:hsds"))))


def _list_view(form: type[forms.Form], find: FindAll, seconds: int) -> View:
    """A list, one page of it or all of it line by line."""

    @public_data(seconds)
    def view(request: HttpRequest) -> HttpResponseBase:
        return _answer(request, lambda: _list(request, read_parameters(form, request.GET), find))

    return view


def _object_view(find: FindOne, seconds: int) -> View:
    """One object by its identifier."""

    @public_data(seconds)
    def view(request: HttpRequest, identifier: str) -> HttpResponseBase:
        return _answer(request, lambda: _object(request, as_uuid(identifier), find))

    return view


def _answer(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if refused := too_many(request, "hsds_api"):
        return refused
    try:
        return make()
    except SuspiciousOperation:  # more parameters than any request has
        return refusal(_("Trop de paramètres."), 400)
    except InvalidParameter as mistake:
        return refusal(str(mistake), 400)


def _list(request: HttpRequest, asked: dict[str, Any], find: FindAll) -> HttpResponseBase:
    if asked["format"] == NDJSON:
        etag = directory_stamp("hsds", request.get_full_path())
        return too_many(request, "hsds_files") or if_changed(
            request, etag, lambda: streaming_response(lines(find(asked)), FORMATS["ndjson"])
        )
    return as_json(page_data(find(asked), asked["page"] or 1, asked["per_page"] or PER_PAGE))


def _object(request: HttpRequest, identifier: UUID | None, find: FindOne) -> HttpResponseBase:
    found = find(identifier, request) if identifier else None
    written = found.write(list(found.keys[:1])) if found else []
    return as_json(written[0]) if written else refusal(_("Rien ici n’a cet identifiant."), 404)


def _organization(identifier: UUID, request: HttpRequest) -> ObjectList:
    asked = read_parameters(OneOrganizationForm, request.GET)
    page = source_entries().filter(uuid=identifier).values_list("pk", flat=True).first()
    if page is None:
        found: list[int | str] = [*operators().get(str(identifier), [])[:1]]
    else:
        found = [page] if offers().filter(organization_page=page).exists() else []
    return serializers.organization_list(found, full=True, full_service=asked["full_service"])


def _among(find: FindAll) -> FindOne:
    def find_one(identifier: UUID, _request: HttpRequest) -> ObjectList:
        found = find({})
        return ObjectList([one for one in found.keys if one["id"] == str(identifier)], list)

    return find_one


class ApiCollection(NamedTuple):
    """One collection of the standard, as the names of its addresses, and its two views."""

    url_name: str
    object_url_name: str
    list_view: View
    object_view: View


#: The collections by their path.
COLLECTIONS = {
    "services": ApiCollection(
        "hsds_services",
        "hsds_service",
        _list_view(ServiceForm, serializers.services, MINUTE),
        _object_view(lambda one, _: serializers.service_list(with_id(one), full=True), MINUTE),
    ),
    "organizations": ApiCollection(
        "hsds_organizations",
        "hsds_organization",
        _list_view(OrganizationForm, serializers.organizations, MINUTE),
        _object_view(_organization, MINUTE),
    ),
    "service_at_locations": ApiCollection(
        "hsds_at_locations",
        "hsds_at_location",
        _list_view(ServiceAtLocationForm, serializers.services_at_locations, MINUTE),
        _object_view(lambda one, _: serializers.at_location_list(with_id(one), full=True), MINUTE),
    ),
    "taxonomies": ApiCollection(
        "hsds_taxonomies",
        "hsds_taxonomy",
        _list_view(PagedForm, serializers.all_taxonomies, HOUR),
        _object_view(_among(serializers.all_taxonomies), HOUR),
    ),
    "taxonomy_terms": ApiCollection(
        "hsds_terms",
        "hsds_term",
        _list_view(TermForm, serializers.all_terms, HOUR),
        _object_view(_among(serializers.all_terms), HOUR),
    ),
}
