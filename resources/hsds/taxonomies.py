"""The words by which offers are classified: types of place by family, and publics."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.base.choices import Public
from resources.choices import TypeFamily
from resources.hsds.identifiers import derived, hsds_object
from resources.models import ResourceType

TYPES = "types"
PUBLICS = "publics"
FAMILY = "family"
TYPE = "type"
PUBLIC = "public"


class TaxonomyTerm(NamedTuple):
    """One word of a taxonomy; a type of place is below its family."""

    kind: str
    code: str
    name: str
    description: str
    parent: str = ""

    @property
    def taxonomy(self) -> str:
        return PUBLICS if self.kind == PUBLIC else TYPES

    @property
    def id(self) -> str:
        return term_id(self.kind, self.code)


def term_id(kind: str, code: str) -> str:
    """The same on every portal: « CMP » means the same from one department to another."""
    return derived("taxonomy_term", kind, code)


def taxonomy_id(code: str) -> str:
    return derived("taxonomy", code)


def taxonomies() -> list[dict[str, Any]]:
    return [_taxonomy(TYPES), _taxonomy(PUBLICS)]


def terms() -> list[TaxonomyTerm]:
    """All the words, families first."""
    kinds = ResourceType.objects.in_source_language()
    return [
        *(TaxonomyTerm(FAMILY, code, str(label), str(label)) for code, label in TypeFamily.choices),
        *(type_term(kind) for kind in kinds),
        *(public_term(code) for code in Public.values),
    ]


def type_term(kind: ResourceType) -> TaxonomyTerm:
    description = kind.explanation or kind.full_name or kind.name
    return TaxonomyTerm(TYPE, kind.code, kind.name, description, term_id(FAMILY, kind.family))


def public_term(code: str) -> TaxonomyTerm:
    label = str(Public(code).label)
    return TaxonomyTerm(PUBLIC, code, label, label)


def term_data(term: TaxonomyTerm) -> dict[str, Any]:
    """A word as HSDS tells it."""
    taxonomy = _taxonomy(term.taxonomy)
    return hsds_object(
        id=term.id,
        code=term.code,
        name=term.name,
        description=term.description,
        parent_id=term.parent,
        taxonomy=taxonomy["name"],
        taxonomy_detail=taxonomy,
        taxonomy_id=taxonomy["id"],
        language=settings.LANGUAGE_CODE,
    )


def attributes(link_id: str, entity: str, words: Iterable[TaxonomyTerm]) -> list[dict[str, Any]]:
    """What classifies an object of HSDS."""
    meanings = {TYPE: f"{entity}_type", PUBLIC: "intended_audience"}
    return [
        {
            "id": derived("attribute", entity, link_id, term.id),
            "link_id": link_id,
            "link_entity": entity,
            "link_type": meanings[term.kind],
            "taxonomy_term_id": term.id,
            "taxonomy_term": term_data(term),
        }
        for term in words
    ]


def with_term(identifier: str) -> Q:
    """The offers that a word classifies; none for a word that nobody knows."""
    term = next((term for term in terms() if term.id == identifier), None)
    if term is None:
        return Q(pk=None)
    if term.kind == PUBLIC:
        # What a service says of its publics comes before what its place says.
        return Q(service_publics__has=term.code) | _SAYS_NOTHING & Q(publics__has=term.code)
    return Q(type__code=term.code) if term.kind == TYPE else Q(type__family=term.code)


def with_taxonomy(identifier: str) -> Q:
    """The offers that any word of a taxonomy classifies."""
    if identifier == taxonomy_id(TYPES):
        return Q()
    if identifier == taxonomy_id(PUBLICS):
        return (Q(service_pk__isnull=False) & ~Q(service_publics="")) | ~Q(publics="")
    return Q(pk=None)


_SAYS_NOTHING = Q(service_pk=None) | Q(service_publics="")


def _taxonomy(code: str) -> dict[str, Any]:
    name, description = {
        TYPES: (
            _("Types de lieux"),
            _("Les types de lieux de l’annuaire, sous leurs familles ; les codes sont stables."),
        ),
        PUBLICS: (_("Publics"), _("À qui un service s’adresse.")),
    }[code]
    return {"id": taxonomy_id(code), "name": name, "description": description}
