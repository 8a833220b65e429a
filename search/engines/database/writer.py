"""Writing documents, in the transaction of whoever calls."""

from collections.abc import Collection, Iterable
from itertools import islice

from django.db import connection, transaction

from search.analysis import words
from search.contracts import SearchDocument
from search.engines.database.dialects import Columns, get_dialect
from search.engines.database.query_terms import indexed_stems
from search.engines.database.sql import SqlFragment, compose, storable, value
from search.engines.database.term_index import UsedWords, learn
from search.engines.limits import LONGEST_BODY, LONGEST_TITLE
from search.fingerprint import document_fingerprint
from search.models import DocumentTraits, FacetSet, IndexedDocument, LiveIndex, Rank, TitleWord
from search.opening_slots import mask_of

BATCH = 200

#: Language, rank, type, facets and area.
FacetKey = tuple[str, int, str, tuple[str, ...], tuple[str, ...]]


def put(documents: Iterable[SearchDocument]) -> None:
    """Add or replace documents in the index that answers."""
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        with transaction.atomic():
            write(live_generation(), batch)


def remove(keys: Iterable[str]) -> None:
    """Take documents out of the index that answers."""
    with transaction.atomic():
        found = IndexedDocument.objects.filter(generation=live_generation(), key__in=list(keys))
        forget(list(found.values_list("pk", flat=True)))


def live_digests() -> dict[str, str]:
    return dict(IndexedDocument.objects.live().values_list("key", "digest"))


def live_generation() -> int:
    """The generation that answers, which will not change before the transaction ends."""
    statement = compose(
        "SELECT generation FROM search_liveindex WHERE id = {row}{lock}",
        row=value(LiveIndex.ROW),
        lock=SqlFragment(get_dialect().share_lock),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        row = cursor.fetchone()
    return row[0] if row else 0


def write(generation: int, documents: Collection[SearchDocument]) -> UsedWords:
    """Write documents into a generation, the last one of a key; the words they use.

    In the order of their keys, so that two writers wait for each other rather than deadlock.
    """
    by_key = {document.key: document for document in documents}
    kept = [by_key[key] for key in sorted(by_key)]
    rows = IndexedDocument.objects.bulk_create(
        [_row(generation, document) for document in kept],
        update_conflicts=True,
        unique_fields=["generation", "key"],
        update_fields=_WRITTEN,
    )
    titles = [" ".join(words(row.title)) for row in rows]
    _write_traits(rows, titles)
    _write_title_words(rows, titles)
    get_dialect().write_words((row.pk, _columns(row)) for row in rows)
    return learn(rows)


def forget(ids: Collection[int]) -> None:
    """Delete rows and all that goes with them, without reading them."""
    TitleWord.objects.filter(document__in=ids)._raw_delete(using=connection.alias)
    DocumentTraits.objects.filter(pk__in=ids)._raw_delete(using=connection.alias)
    get_dialect().forget_words(ids)
    IndexedDocument.objects.filter(pk__in=ids)._raw_delete(using=connection.alias)


_WRITTEN = [
    field.name
    for field in IndexedDocument._meta.concrete_fields
    if field.name not in ("id", "generation", "key")
]


def _row(generation: int, document: SearchDocument) -> IndexedDocument:
    return IndexedDocument(
        generation=generation,
        key=document.key,
        page_id=document.page_id,
        kind=document.kind,
        language=document.language,
        is_entry=document.is_entry,
        title=storable(document.title)[:LONGEST_TITLE],
        kind_words=storable(document.kind_words),
        summary=storable(document.summary),
        body=storable(document.body)[:LONGEST_BODY],
        url=document.url,
        lat=document.lat,
        lon=document.lon,
        is_rough=document.is_rough,
        communes=list(document.communes),
        area=sorted(document.area),
        received=storable(document.received),
        openings=sorted(document.openings),
        facets=_facets(document),
        digest=document_fingerprint(document),
    )


def _facets(document: SearchDocument) -> list[str]:
    """``public:adultes``…; the type is a column of its own."""
    return [
        f"{name}:{code}"
        for name, codes in sorted(document.facets.items())
        if name != "type"
        for code in sorted(set(codes))
    ]


def _columns(row: IndexedDocument) -> Columns:
    texts = (row.title, f"{row.kind} {row.kind_words}", row.summary, row.body)
    title, kind, summary, body = map(indexed_stems, texts)
    return title, kind, summary, body


def _rank(row: IndexedDocument) -> Rank:
    return Rank.ENTRY if row.is_entry else Rank.PAGE


def _write_traits(rows: list[IndexedDocument], titles: list[str]) -> None:
    sets = _facet_sets(rows)
    DocumentTraits.objects.bulk_create(
        [
            DocumentTraits(
                pk=row.pk,
                generation=row.generation,
                rank=_rank(row),
                facet_set_id=sets[_facet_key(row)],
                lat=row.lat,
                lon=row.lon,
                commune=row.communes[0] if _is_in_one_commune(row) else "",
                communes=row.communes,
                openings=mask_of(row.openings),
                sort_title=title[:LONGEST_TITLE],
            )
            for row, title in zip(rows, titles, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            field.name for field in DocumentTraits._meta.concrete_fields if not field.primary_key
        ],
    )


def _is_in_one_commune(row: IndexedDocument) -> bool:
    return len(row.communes) == 1 and len(row.communes[0]) == 5


def _facet_key(row: IndexedDocument | FacetSet) -> FacetKey:
    rank = row.rank if isinstance(row, FacetSet) else _rank(row)
    return row.language, rank, row.kind, tuple(row.facets), tuple(row.area)


def _facet_sets(rows: list[IndexedDocument]) -> dict[FacetKey, int]:
    """The number of the facet set of each of these documents, new ones written."""
    wanted = {_facet_key(row) for row in rows}
    kinds = {row.kind for row in rows}
    known = FacetSet.objects.filter(kind__in=kinds).order_by("-pk")
    found = {_facet_key(one): one.pk for one in known}
    made = FacetSet.objects.bulk_create(
        FacetSet(language=language, rank=rank, kind=kind, facets=list(facets), area=list(area))
        for language, rank, kind, facets, area in sorted(wanted - found.keys())
    )
    return found | {_facet_key(one): one.pk for one in made}


def _write_title_words(rows: list[IndexedDocument], titles: list[str]) -> None:
    TitleWord.objects.filter(document__in=rows)._raw_delete(using=connection.alias)
    TitleWord.objects.bulk_create(
        TitleWord(
            document=row,
            generation=row.generation,
            language=row.language,
            rank=_rank(row),
            word=word,
            sort_title=title[:LONGEST_TITLE],
        )
        for row, title in zip(rows, titles, strict=True)
        for word in {word[:60] for word in title.split() if len(word) > 1}
    )
