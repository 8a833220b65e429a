"""Whatever is typed, an engine answers: nothing typed is ever a command."""

import pytest

from portal.geo.place import Place
from search.contracts import EngineQuery, SearchFilters
from tests.contracts.world import document

TYPED = [
    '"',
    'psy"',
    '"psy',
    '"a" "b"',
    "   ",
    "\x00",
    "psy\x00chiatrie",
    "dépression " * 900,
    "z" * 10_000,
    "(" * 500,
    '"""((((OR AND NOT',
    "NEAR(a b)",
    "NEAR/2",
    "*",
    "psy*",
    "psy AND",
    "AND",
    "title:psy",
    "- ^ : + ~ \\ / & | ! <->",
    "« santé mentale »",
    "l’aide",
    "de\u0301pression",
    "\u202edépression",
    "🙂🙃",
    "%27 OR 1=1 --",
    "%s %d %(name)s",
    "<img onerror=alert(1)>",
    "'; DROP TABLE search_indexeddocument; --",
    "\ud83d",
    "الاكتئاب",
    "'" * 50,
    "1e309 NaN",
    " ".join(f"mot{number}" for number in range(2000)),
]


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: ascii(typed[:20]))
def test_anything_may_be_typed(filled, typed):
    answer = filled.search(EngineQuery(words=typed, synonyms=(typed,)))
    assert answer.total >= len(answer.hits)
    filled.complete(typed, "fr")


@pytest.mark.parametrize("typed", ["\u202edépression", "de\u0301pression", '"dépression*"'])
def test_signs_around_a_word_do_not_hide_it(keys, typed):
    assert set(keys(typed)) == {"cmp-aubagne", "ligne-ecoute", "page-depression"}


@pytest.mark.parametrize("operator", ["AND", "NOT", "NEAR"])
def test_an_operator_is_a_word_like_another(engine, operator):
    engine.put([document("a", title=f"Jardin {operator}"), document("b", title="Jardin")])
    hits = engine.search(EngineQuery(words=f"jardin {operator}")).hits
    assert [hit.key for hit in hits] == ["a"]


def test_a_text_without_any_word_asks_for_no_word(ask):
    assert ask('"((*').total == ask("").total


@pytest.mark.parametrize(
    "details",
    [
        {"types": ('"',)},
        {"likely_types": ("\x00",)},
        {"promoted": ("'; --", "\x00")},
        {"only": frozenset({"\x00", '"'})},
        {"language": "\x00"},
        {"language": "zz"},
        {"place": Place(code="", name="", lat=0.0, lon=0.0, codes=("%", "'", "\x00"))},
        {"filters": SearchFilters(km=0)},
        {"filters": SearchFilters(km=10**9), "place": Place(code="", name="", lat=43.3, lon=5.4)},
        {"filters": SearchFilters(types=("x",) * 1000)},
        {"synonyms": tuple(f"mot{number}" for number in range(1000))},
    ],
)
def test_any_code_may_be_asked(filled, details):
    answer = filled.search(EngineQuery(words="dépression", **details))
    assert answer.total >= len(answer.hits)
