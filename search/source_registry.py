"""Registry of the documents that other apps give to the search, which imports none of them.

An app registers in its ``ready``: documents that are no page of their own (a help line, a
word of the lexicon), which entries are open at this moment, what comes first in a danger, and
how types are called.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from search.contracts import SearchDocument

OpenNow = Callable[[], frozenset[str]]
FirstInDanger = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """Documents that are no page of their own, and the models that they tell of."""

    documents: Callable[[], Iterable[SearchDocument]]
    models: tuple[type[Model], ...] = ()


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type of place in one language: the words shown, and the ways to say it."""

    code: str
    language: str
    label: str
    names: tuple[str, ...] = ()


TypeNames = Callable[[], Iterable[TypeName]]

_sources: dict[str, DocumentSource] = {}
_open_now: list[OpenNow] = []
_type_names: list[TypeNames] = []
_first_in_danger: list[FirstInDanger] = []


def register_source(
    prefix: str,
    documents: Callable[[], Iterable[SearchDocument]],
    *models: type[Model],
) -> None:
    """Documents whose keys begin with ``prefix:``.

    They are read anew at each rebuild, and each time that a row of ``models`` changes.
    """
    _sources[prefix] = DocumentSource(documents, models)


def document_sources() -> dict[str, DocumentSource]:
    return dict(_sources)


def register_open_now(keys: OpenNow) -> None:
    """How to know the keys of the entries that are open now."""
    _open_now[:] = [keys]


def open_now_keys() -> frozenset[str]:
    return _open_now[0]() if _open_now else frozenset()


def register_first_in_danger(keys: FirstInDanger) -> None:
    """How to know, from a kind of danger and a language, the keys of what comes first."""
    _first_in_danger[:] = [keys]


def first_in_danger(danger: str, language: str) -> tuple[str, ...]:
    """The help lines to show before all else; nothing when nobody is in danger."""
    return _first_in_danger[0](danger, language) if danger and _first_in_danger else ()


def register_type_names(names: TypeNames) -> None:
    """What the directory calls its types, in the order in which it lists them."""
    _type_names[:] = [names]


def type_names() -> tuple[TypeName, ...]:
    return tuple(_type_names[0]()) if _type_names else ()
