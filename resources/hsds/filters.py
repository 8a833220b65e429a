"""The offers that a question asks for: each parameter takes some away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from resources.hsds.geography import near_postcode
from resources.hsds.organizations import operator_id
from resources.hsds.parameters import MOST_FOUND
from resources.hsds.querysets import offers
from resources.hsds.taxonomies import with_taxonomy, with_term
from resources.open_data.querysets import source_entries
from resources.querysets import ResourceQuerySet
from search.contracts import Filters, Scope, SearchQuery
from search.services import search

#: How far from a place among the words, in kilometres.
AROUND_KM = 10


def narrowed(rows: ResourceQuerySet, asked: dict[str, Any]) -> ResourceQuerySet:
    """The rows of ``offers`` that answer everything that is asked."""
    rules = {
        "search": _with_words,
        "taxonomy_term_id": lambda value: with_term(str(value)),
        "taxonomy_id": lambda value: with_taxonomy(str(value)),
        "organization_id": _of_organization,
        "modified_after": _modified_after,
        "postcode": lambda value: near_postcode(value, asked.get("proximity")),
    }
    for name, rule in rules.items():
        if asked.get(name):
            rows = rows.filter(rule(asked[name]))
    return rows


def operators() -> dict[str, list[str]]:
    """The names of the bodies that have no entry, with their spellings, by identifier."""
    rows = offers().filter(organization_page=None).order_by()
    names = sorted(rows.values_list("operator", flat=True).distinct())
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(operator_id(name), []).append(name)
    return found


def _with_words(text: str) -> Q:
    """What the search of the portal finds: it knows no masked place.

    A place among the words sorts the answers of the portal; here it narrows them.
    """
    question = SearchQuery(
        text=text, filters=Filters(km=AROUND_KM), scope=Scope.ENTRIES, page_size=MOST_FOUND
    )
    answer = search(question, is_rechecked=True)
    return Q(pk__in=[hit.page_id for hit in answer.hits if hit.page_id])


def _of_organization(identifier: UUID) -> Q:
    page = source_entries().filter(uuid=identifier).values_list("pk", flat=True).first()
    if page is not None:
        return Q(organization_page=page)
    return Q(organization_page=None, operator__in=operators().get(str(identifier), []))


def _modified_after(moment: datetime) -> Q:
    """An entry that has no date may have changed: better read twice than missed."""
    return Q(modified__gte=moment) | Q(modified=None)
