"""Labels of the types of places in a language, and the codes that have a public entry."""

from dataclasses import dataclass
from typing import Any

from portal.cache.cached import get_or_set
from resources.entry.looks import FamilyLook, look_of
from resources.models.resource import ResourcePage
from resources.models.resource_type import ResourceType, plain_name


@dataclass(frozen=True, slots=True)
class TypeLabel:
    """A type in the language of a page, or in the portal's own when it has no translation."""

    code: str
    name: str
    plural: str
    question: str
    explanation: str
    family: str
    plain_words: str = ""

    @property
    def plain_name(self) -> str:
        """« CMP : soins psychiques gratuits »."""
        return plain_name(self.name, self.plain_words)

    @property
    def look(self) -> FamilyLook:
        return look_of(self.family)

    @property
    def query_code(self) -> str:
        """The code as addresses write it: ``?type=cmp``."""
        return self.code.lower()


def get_type_labels(locale_id: int) -> dict[str, TypeLabel]:
    """All the types by code, in the order of the lists."""
    return get_or_set(f"types:{locale_id}", lambda: _read_types(locale_id))


def _read_types(locale_id: int) -> dict[str, TypeLabel]:
    read: dict[str, ResourceType] = {}
    for kind in ResourceType.objects.order_by("order", "name", "locale_id"):
        if kind.code not in read or kind.locale_id == locale_id:
            read[kind.code] = kind
    return {code: type_label(kind) for code, kind in read.items()}


def type_label(kind: ResourceType) -> TypeLabel:
    """What lists show of a type."""
    return TypeLabel(
        kind.code,
        kind.name,
        kind.plural,
        kind.question,
        kind.explanation,
        kind.family,
        kind.plain_words,
    )


def get_present_type_codes(directory: Any) -> frozenset[str]:
    """The types that have an entry which a reader can find in this directory."""
    return get_or_set(f"types-present:{directory.pk}", lambda: _read_codes(directory))


def _read_codes(directory: Any) -> frozenset[str]:
    entries = ResourcePage.objects.child_of(directory).listed().select_related(None).order_by()
    return frozenset(entries.values_list("type__code", flat=True).distinct())
