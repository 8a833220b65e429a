"""Contracts of the search: query, document, results. No Django, no Wagtail.

A question crosses three of these: ``SearchQuery`` (what the reader typed), ``Understood``
(what it means, the same for every engine) and ``EngineQuery`` (what an engine is asked: see
``search.engine_protocol``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.geo.place import Place

#: The facets of a document, which are also the filters of the reader.
FACETS = ("type", "public", "age", "pratique", "langue")
DISTANCES = (5, 10, 20, 50)


class SearchScope(StrEnum):
    """Where to look."""

    ALL = "tout"
    ENTRIES = "annuaire"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page, or one part of a page that has its own address, as every engine sees it.

    ``key`` names it for ever: ``page:12``, ``line:<uuid>``… ``kind`` is a type code of the
    public data (``CMP``, ``ACTION_PTSM``…) and ``kind_words`` the ways to say it. ``lat``
    and ``lon`` are WGS 84 degrees, empty when the address is masked; ``is_rough`` says that
    they are the middle of the commune. ``communes`` are the INSEE codes where it is, or that
    it serves. ``area`` is whom it receives, as ``ServiceArea.codes`` writes it: communes, ``*``
    for the whole department, nothing when it is not known (``unconfirmed_codes`` of its commune
    when its type receives by address). ``received`` is what its source keeps with it of whom it
    receives, to answer ``serves_hit``: no engine reads it, each gives it back. ``facets`` maps a
    name of ``FACETS`` to its codes; an entry for everybody has no code for this facet.
    ``openings`` are the parts of a usual week when an entry is known to be open, as
    ``search.opening_slots`` codes them, and the days of which nothing sure is known.
    """

    key: str
    kind: str
    title: str
    url: str
    language: str
    is_entry: bool = False
    kind_words: str = ""
    summary: str = ""
    body: str = ""
    lat: float | None = None
    lon: float | None = None
    is_rough: bool = False
    communes: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    received: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    openings: tuple[str, ...] = ()
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What the reader ticked, or said in words.

    ``types`` are alternatives; ``practical`` must all be true: ``gratuit``, ``sansrdv``,
    ``pmr``, ``distance``. ``public`` also finds what is for everybody, and ``age`` (a code
    of the ``age`` facet) what has no age. ``openings`` are alternatives too, of entries only: a
    page has no hours.
    """

    types: tuple[str, ...] = ()
    public: str = ""
    age: str = ""
    km: int | None = None
    practical: tuple[str, ...] = ()
    language: str = ""
    open_now: bool = False
    openings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a reader asks. ``page`` begins at 1; ``position`` is « près de moi ».

    ``most_aside`` of the entries that serve others than the place are told: see ``EngineQuery``.
    """

    text: str = ""
    place: str = ""
    position: tuple[float, float] | None = None
    filters: SearchFilters = field(default_factory=SearchFilters)
    scope: SearchScope = SearchScope.ALL
    most_aside: int = 0
    language: str = "fr"
    page: int = 1
    page_size: int = 20


class QueryPartKind(StrEnum):
    PLACE = "lieu"
    TYPE = "type"
    PUBLIC = "public"
    PRACTICAL = "pratique"
    LANGUAGE = "langue"
    OPENING = "horaires"


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One thing that was understood: its words on screen, and how to take it back.

    ``rest`` is the reader's text without the words that said it; when it came from the
    « Où ? » field, ``from_place_field`` is true and that field is to be emptied.
    """

    kind: QueryPartKind
    code: str
    label: str
    rest: str
    from_place_field: bool = False


@dataclass(frozen=True, slots=True)
class UnderstoodQuery:
    """What a question means.

    ``types`` were named (« cmp »): only they are wanted. ``likely_types`` come from plain
    words (« je ne dors plus »): they are preferred. ``synonyms`` are other words to look
    for. ``promoted`` are keys of documents that an editor put first. ``crisis`` names the
    kind of danger (``suicide``, ``violence``, ``surdose``, ``urgence``…), empty when there
    is none. ``quiet`` is what is answered quietly when ``crisis`` is empty: distress
    (``detresse``), bereavement, past abuse, « sans idées suicidaires », prevention. ``public`` is
    whom it is for, ticked, said or meant: what is shown and told; it
    narrows the answer only when ``filters`` has it too. ``filters`` joins what was ticked and
    what was said.
    """

    text: str = ""
    crisis: str = ""
    quiet: str = ""
    place: Place | None = None
    place_choices: tuple[Place, ...] = ()
    unknown_place: str = ""
    types: tuple[str, ...] = ()
    likely_types: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    promoted: tuple[str, ...] = ()
    public: str = ""
    filters: SearchFilters = field(default_factory=SearchFilters)
    parts: tuple[QueryPart, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """What an engine is asked; every engine gives it the same meaning.

    Which documents: in ``scope`` and ``language``; of one of ``types`` when there are some;
    holding all of ``words`` (or, when none of the scope and language does, any of them),
    unless they are of one of ``likely_types``. With ``types``, words only rank. Without
    words, ``likely_types`` are the only ones found. ``promoted`` keys are always found. A
    word of ``words`` may be replaced by any of ``synonyms``, whose own words must all be
    there. Text without any word that says something (« ! », « le ») asks for no word.
    ``filters`` then narrow, and ``only`` too (keys, when it is not None).

    An entry that does not serve the place is no answer: it is set aside, neither shown nor
    counted. Without a commune, so is every entry of the types of ``by_address``, of which each
    serves its own communes, but for those whose title holds all of ``words``. A promoted key
    never is. The first ``most_aside`` of them are told apart, the nearest first.

    In which order: promoted first, in their order; likely types before others; at a commune, what
    surely serves it (and says that it receives ``filters.age``) before what may; with a point
    (a whole department has none), those of the place's ``codes`` first, then by distance,
    what has none coming last; without a distance, by weight of the words: title, then kind,
    then summary, then body; entries before pages; then by title.
    """

    words: str = ""
    synonyms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    likely_types: tuple[str, ...] = ()
    promoted: tuple[str, ...] = ()
    place: Place | None = None
    filters: SearchFilters = field(default_factory=SearchFilters)
    only: frozenset[str] | None = None
    by_address: tuple[str, ...] = ()
    most_aside: int = 0
    scope: SearchScope = SearchScope.ALL
    language: str = "fr"
    offset: int = 0
    limit: int = 20


#: A text in pieces, each with whether it is one of the words looked for.
Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One document found, with its own area, facets and ``received``.

    ``distance_km`` is None without a point on either side.
    """

    key: str
    kind: str
    title: str
    url: str
    summary: str = ""
    is_entry: bool = False
    page_id: int | None = None
    distance_km: float | None = None
    is_rough: bool = False
    area: tuple[str, ...] = ()
    received: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marked_title: Marked = ()
    excerpt: Marked = ()


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """``counts`` maps a facet to how many documents each code would give; never zero.

    ``aside`` is how many documents pass all filters and do not serve the place; ``aside_hits``
    the first of them, as many as were asked.

    A facet's counts leave its own filter aside, but not the others; those of ``pratique``,
    which add up, are with the ones already ticked. ``distance`` is one of them (codes ``5``,
    ``10``, ``20``, ``50``) when there is a point. ``suggestion`` is ``words`` with its
    typing errors mended, when no document holds all of them and some then do.
    """

    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    aside: int = 0
    aside_hits: tuple[SearchHit, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the reader gets. ``aside`` is how many entries serve others than the place.

    ``by_address`` are the types that were asked, or meant, of which each entry serves its own
    communes, while no commune is known: one question answers better than their list.
    ``roads`` are pages that say what to do about it, each with its title and address.
    ``hours_unknown`` is how many entries would answer, but for hours that nobody knows.
    ``degraded``: the search server is away, the database answers.
    """

    understood: UnderstoodQuery
    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    aside: int = 0
    aside_hits: tuple[SearchHit, ...] = ()
    by_address: tuple[str, ...] = ()
    roads: tuple[tuple[str, str], ...] = ()
    hours_unknown: int = 0
    hours_unknown_hits: tuple[SearchHit, ...] = ()
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class QueryCompletion:
    """What the first letters may become: a title, and where it leads."""

    text: str
    kind: str
    url: str


class EngineUnavailable(Exception):
    """The engine did not answer, or what it answered makes no sense."""
