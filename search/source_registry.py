"""Registry of the documents that other apps give to the search, which imports none of them.

An app registers in its ``ready``: documents that are no page of their own (a help line, a
word of the lexicon), which entries are open at this moment, what comes first in a danger, and
how types are called. It also says which types depend on the address, and where to go first where
no door is known to serve a place.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model

from search.contracts import (
    SearchAnswer,
    SearchDocument,
    SearchHit,
    SearchQuery,
    UnderstoodQuery,
)

OpenNow = Callable[[], frozenset[str] | None]
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


FirstAtPlace = Callable[[UnderstoodQuery, str], tuple[str, ...]]
#: From a hit and what was understood: its answer (a code) and its sentence.
ServesHit = Callable[[SearchHit, UnderstoodQuery], tuple[str, str]]
PageAnswer = Callable[[SearchQuery], SearchAnswer]
#: From the numbers of pages, reads what follows from them; gives what writes it, for some of them.
PageFollower = Callable[[Collection[int]], Callable[[Collection[int]], None]]
PhoneKeys = Callable[[str, str], Iterable[str]]
SectorKeys = Callable[[str, str], Iterable[str]]
TypeNames = Callable[[], Iterable[TypeName]]

_sources: dict[str, DocumentSource] = {}
_open_now: list[OpenNow] = []
_type_names: list[TypeNames] = []
_first_in_danger: list[FirstInDanger] = []
_first_at_place: list[FirstAtPlace] = []
_serves_hit: list[ServesHit] = []
_page_answer: list[PageAnswer] = []
_page_followers: list[PageFollower] = []
_by_address: list[tuple[str, ...]] = []
_phone_keys: dict[str, PhoneKeys] = {}
_sector_keys: list[SectorKeys] = []


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
    """How to know the keys of the entries that are open now; None: not known."""
    _open_now[:] = [keys]


def open_now_keys() -> frozenset[str] | None:
    """None when nobody knows: the job that says it has not run."""
    return _open_now[0]() if _open_now else frozenset()


def register_first_in_danger(keys: FirstInDanger) -> None:
    """How to know, from a kind of danger and a language, the keys of what comes first."""
    _first_in_danger[:] = [keys]


def first_in_danger(danger: str, language: str) -> tuple[str, ...]:
    """The help lines to show before all else; nothing when nobody is in danger."""
    return _first_in_danger[0](danger, language) if danger and _first_in_danger else ()


def register_by_address(types: Iterable[str]) -> None:
    """The types of which each entry serves its own communes: no list of them without a place."""
    _by_address[:] = [tuple(sorted(types))]


def types_by_address() -> tuple[str, ...]:
    return _by_address[0] if _by_address else ()


def register_first_at_place(keys: FirstAtPlace) -> None:
    """How to know, from what was understood and a language, where to go first at its place."""
    _first_at_place[:] = [keys]


def first_at_place(understood: UnderstoodQuery, language: str) -> tuple[str, ...]:
    """The keys of the way in, where no door is known to serve the place; none otherwise."""
    return _first_at_place[0](understood, language) if _first_at_place else ()


def register_serves_hit(answer: ServesHit) -> None:
    """How to say whether an entry that was found serves the place, and whom it receives."""
    _serves_hit[:] = [answer]


def serves_hit(hit: SearchHit, understood: UnderstoodQuery) -> tuple[str, str] | None:
    """« oui », « partie », « non » or « inconnu », and the sentence; None for what is no entry."""
    return _serves_hit[0](hit, understood) if _serves_hit and hit.is_entry else None


def register_page_answer(answer: PageAnswer) -> None:
    """How the page of results answers a question: the public data give the same."""
    _page_answer[:] = [answer]


def page_answer() -> PageAnswer | None:
    return _page_answer[0] if _page_answer else None


def register_page_follower(follow: PageFollower) -> None:
    """What else is made anew with the document of a page that is published.

    ``follow`` reads outside of any transaction; what it gives writes, in the one that indexes.
    """
    _page_followers.append(follow)


def page_followers() -> tuple[PageFollower, ...]:
    return tuple(_page_followers)


def register_phone_keys(app: str, keys: PhoneKeys) -> None:
    """How an app knows, from a number (E.164) and a language, the keys of whom it reaches."""
    _phone_keys[app] = keys


def phone_keys(number: str, language: str) -> tuple[str, ...]:
    """The keys of the documents whose phone this is."""
    return tuple(key for keys in _phone_keys.values() for key in keys(number, language))


def register_sector_keys(keys: SectorKeys) -> None:
    """How to know, from the code of a sector and a language, the keys of its CMPs."""
    _sector_keys[:] = [keys]


def sector_keys(code: str, language: str) -> tuple[str, ...]:
    """The keys of the CMPs of the sector of this code (« 13G12 »); none when it is not known."""
    return tuple(_sector_keys[0](code, language)) if _sector_keys else ()


def register_type_names(names: TypeNames) -> None:
    """What the directory calls its types, in the order in which it lists them."""
    _type_names[:] = [names]


def type_names() -> tuple[TypeName, ...]:
    return tuple(_type_names[0]()) if _type_names else ()
