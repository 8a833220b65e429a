"""How the search server keeps a document: the French chain, and one field per use.

The chain is that of ``search.analysis``, in the server's own words. What is typed reaches it
as folded words, so both cut a question in the same way.
"""

from typing import Any

from elasticsearch.dsl import (
    Boolean,
    Document,
    GeoPoint,
    InnerDoc,
    Keyword,
    Long,
    MetaField,
    Object,
    Text,
    analyzer,
    char_filter,
    token_filter,
    tokenizer,
)

from search.analysis import ELISIONS, LONGEST_WORD, STOP_WORDS, words
from search.contracts import SearchDocument
from search.engines.limits import LONGEST_BODY, LONGEST_TITLE
from search.fingerprint import document_fingerprint

#: The code of a document that has none, for facets where it is then for every code.
EVERYBODY = "*"
FOR_ALL = ("public", "age")
#: Farther than a page that anybody asks for.
WINDOW = 50_000

# Accents, vowels and invisible signs that stand beside the letter they go with.
_marks = char_filter(
    "marks",
    type="pattern_replace",
    pattern=r"[\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]",
    replacement="",
)
# « C.M.P. » is « CMP ».
_words = tokenizer(
    "words",
    "pattern",
    pattern=(
        r"(?i)aujourd['’]hui"
        r"|(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?"
        r"|[\p{L}\p{N}]+"
    ),
    group=0,
)
_letters = token_filter(
    "letters", "pattern_replace", pattern=r"[^\p{L}\p{N}]", replacement="", all=True
)
_short = token_filter("short", "truncate", length=LONGEST_WORD)
# An elided article is cut off by the tokenizer and is then a stop word like another.
_stop = token_filter("french_stop", "stop", stopwords=sorted(STOP_WORDS | ELISIONS))
_stem = token_filter("french_stem", "snowball", language="French")

_FOLDING = [_letters, "lowercase", "asciifolding", _short]
french = analyzer(
    "portal_french", tokenizer=_words, char_filter=[_marks], filter=[*_FOLDING, _stop, _stem]
)
folded = analyzer("portal_folded", tokenizer=_words, char_filter=[_marks], filter=_FOLDING)

SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "max_result_window": WINDOW,
    # Where a word is says more than how often it comes back, or how long the text is.
    "similarity": {"presence": {"type": "BM25", "k1": 0, "b": 0}},
}


def _text(**options: Any) -> Text:
    return Text(analyzer=french, similarity="presence", norms=False, **options)


class FacetFields(InnerDoc):
    public = Keyword()
    age = Keyword()
    pratique = Keyword()
    langue = Keyword()


class SearchDocumentMapping(Document):
    """A ``SearchDocument`` in the index."""

    key = Keyword()
    kind = Keyword()
    language = Keyword()
    is_entry = Boolean()
    page_id = Long(index=False, doc_values=False)
    url = Keyword(index=False, doc_values=False)
    digest = Keyword(index=False)
    title = _text(
        copy_to="vocabulary",
        fields={"words": Text(analyzer=folded, index_prefixes={"min_chars": 2, "max_chars": 6})},
    )
    sort_title = Keyword()
    kind_words = _text(copy_to="vocabulary")
    summary = _text(copy_to="vocabulary")
    # With the place of each word, an excerpt is found without reading the text again.
    body = _text(copy_to="vocabulary", index_options="offsets")
    # The words as they are written, but for accents: what typing errors are mended from.
    vocabulary = Text(analyzer=folded, norms=False, index_options="freqs")
    point = GeoPoint()
    is_rough = Boolean(index=False, doc_values=False)
    communes = Keyword()
    area = Keyword()
    received = Keyword(index=False, doc_values=False)
    openings = Keyword()
    facets = Object(FacetFields)

    class Meta:
        dynamic = MetaField("strict")


def source(document: SearchDocument) -> dict[str, Any]:
    """What the server keeps of a document."""
    title = _clean(document.title)[:LONGEST_TITLE]
    kept = {
        "key": document.key,
        "kind": document.kind,
        "language": document.language,
        "is_entry": document.is_entry,
        "page_id": document.page_id,
        "url": document.url,
        "digest": document_fingerprint(document),
        "title": title,
        "sort_title": " ".join(words(title))[:LONGEST_TITLE],
        "kind_words": _clean(f"{document.kind} {document.kind_words}"),
        "summary": _clean(document.summary),
        "body": _clean(document.body)[:LONGEST_BODY],
        "is_rough": document.is_rough,
        "communes": list(document.communes),
        "area": list(document.area),
        "received": _clean(document.received),
        "openings": list(document.openings),
        "facets": {name: _codes(document, name) for name in FacetFields._doc_type.mapping},
    }
    if document.lat is not None and document.lon is not None:
        kept["point"] = {"lat": document.lat, "lon": document.lon}
    return kept


def _codes(document: SearchDocument, facet: str) -> list[str]:
    codes = document.facets.get(facet, ())
    return sorted(codes) if codes or facet not in FOR_ALL else [EVERYBODY]


def _clean(text: str) -> str:
    """Without halves of characters, which JSON cannot carry; as the embedded engine has it."""
    return text.replace("\x00", " ").encode(errors="replace").decode()
