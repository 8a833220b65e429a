"""The directory before any question: its types of places, by what people need."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.crisis.needs import Need, NeedLink, get_need_pages
from resources.choices import SECTORED_TYPES, TypeFamily
from resources.entry.looks import FamilyLook, look_of
from resources.listing.query import QueryLink, QueryParams
from resources.listing.type_labels import TypeLabel


class NeedGroup(NamedTuple):
    """What people may need, the pages that say what to do, and the types of places that help."""

    title: str
    look: FamilyLook
    roads: list[NeedLink]
    types: list[QueryLink]


class _Group(NamedTuple):
    title: Promise
    families: tuple[TypeFamily, ...]
    needs: tuple[Need, ...]


#: What presses first; the families of each group, and the needs that lead to them.
_GROUPS = (
    _Group(_("C’est urgent, ou je vais très mal"), (TypeFamily.URGENCE,), (Need.DISTRESS,)),
    _Group(
        _("Être soigné, parler à un soignant"),
        (TypeFamily.SOINS,),
        (Need.UNSURE, Need.AFTERCARE, Need.INVOLUNTARY_CARE),
    ),
    _Group(
        _("Pour un enfant, un ado, un jeune"),
        (TypeFamily.JEUNES,),
        (Need.CHILD, Need.TEENAGER, Need.STUDENT, Need.PERINATAL),
    ),
    _Group(_("Un proche m’inquiète"), (TypeFamily.PROCHES,), (Need.RELATIVE,)),
    _Group(_("Alcool, drogues, jeu, écrans"), (TypeFamily.ADDICTIONS,), (Need.ADDICTION,)),
    _Group(_("Ne pas rester seul"), (TypeFamily.ENTRAIDE,), (Need.BEREAVEMENT,)),
    _Group(
        _("Vivre, se loger, travailler, connaître ses droits"),
        (
            TypeFamily.ACCOMPAGNEMENT,
            TypeFamily.LOGEMENT,
            TypeFamily.TRAVAIL,
            TypeFamily.DROITS,
        ),
        (Need.RIGHTS, Need.AGEING, Need.VIOLENCE),
    ),
    _Group(_("Pour les professionnels"), (TypeFamily.COORDINATION,), (Need.PROFESSIONAL,)),
)


def need_groups(
    question: QueryParams,
    types: Mapping[str, TypeLabel],
    counts: Mapping[str, int],
    locale_id: int,
    finder_url: str,
) -> list[NeedGroup]:
    """The groups that lead somewhere, in their order.

    ``types`` are in the order of the lists, ``counts`` says how many places each type code has.
    A type of which each place serves its sector leads to ``finder_url``, when that page exists.
    """
    pages = get_need_pages(locale_id)
    found = []
    for group in _GROUPS:
        roads = [pages[need] for need in group.needs if need in pages]
        links = [
            _type_link(kind, question, counts.get(kind.code, 0), finder_url)
            for kind in types.values()
            if kind.family in group.families and _is_offered(kind, counts, finder_url)
        ]
        if roads or links:
            found.append(NeedGroup(str(group.title), look_of(group.families[0]), roads, links))
    return found


def _is_offered(kind: TypeLabel, counts: Mapping[str, int], finder_url: str) -> bool:
    return bool(counts.get(kind.code)) or (kind.code in SECTORED_TYPES and bool(finder_url))


def _type_link(kind: TypeLabel, question: QueryParams, count: int, finder_url: str) -> QueryLink:
    if kind.code in SECTORED_TYPES and finder_url:
        return QueryLink(kind.plain_name, finder_url)
    return QueryLink(f"{kind.plain_name} ({count})", question.with_(type=kind.query_code))
