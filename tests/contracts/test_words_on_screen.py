"""What the reader is shown of the words: where they are, mended, completed."""

import pytest

from search.contracts import EngineQuery, SearchFilters
from tests.contracts.world import document


def _text(marked) -> str:
    return "".join(text for text, _ in marked)


def _marks(marked) -> list[str]:
    return [text for text, is_marked in marked if is_marked]


def test_the_words_are_marked_in_the_title_as_they_are_written(ask):
    hit = next(hit for hit in ask("DEPRESSIONS").hits if hit.key == "page-depression")
    assert hit.marked_title == (("Comprendre la ", False), ("dépression", True))


def test_synonyms_are_marked_too(ask):
    hit = ask("introuvable", synonyms=("insomnies",)).hits[0]
    assert _marks(hit.excerpt) == ["Insomnies"]


def test_a_title_without_any_of_the_words_is_whole_and_unmarked(ask):
    hit = ask("sophrologie").hits[0]
    assert hit.marked_title == (("Mieux dormir", False),)


def test_words_that_say_nothing_are_not_marked(ask):
    hit = next(hit for hit in ask("la dépression").hits if hit.key == "page-depression")
    assert _marks(hit.marked_title) == ["dépression"]


def test_the_excerpt_is_the_summary_when_the_words_are_there(ask):
    hit = ask("insomnies").hits[0]
    assert _text(hit.excerpt) == hit.summary
    assert _marks(hit.excerpt) == ["Insomnies"]


def test_the_excerpt_is_the_place_of_the_body_where_the_words_are(ask):
    hit = ask("sophrologie").hits[0]
    assert _marks(hit.excerpt) == ["sophrologie"]
    assert len(_text(hit.excerpt)) <= 170
    assert "La sophrologie aide parfois." in _text(hit.excerpt)


def test_without_words_the_excerpt_is_the_beginning_of_the_summary(ask):
    hit = next(hit for hit in ask(limit=50).hits if hit.key == "page-sommeil")
    assert hit.excerpt == ((hit.summary, False),)


def test_markup_in_a_text_stays_text(engine):
    engine.put([document("a", title="<b>Jardin</b> & potager", summary="<script>jardin</script>")])
    hit = engine.search(EngineQuery(words="jardin")).hits[0]
    assert _text(hit.marked_title) == "<b>Jardin</b> & potager"
    assert _text(hit.excerpt) == "<script>jardin</script>"


# Typing errors.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("depresion", "dépression"),
        ("someil", "sommeil"),
        ("psychiatire", "psychiatrie"),
        ("sofrologie", "sophrologie"),
    ],
)
def test_a_typing_error_is_mended_with_a_word_of_the_index(ask, typed, meant):
    assert ask(typed).suggestion == meant


def test_the_readers_other_words_are_kept_in_the_suggestion(ask):
    assert ask("troubles du someil").suggestion == "troubles du sommeil"


def test_what_finds_something_is_not_mended(ask):
    assert ask("sommeil").suggestion == ""


def test_nothing_is_suggested_that_would_find_nothing(ask):
    assert ask("depresion", filters=SearchFilters(types=("MDA",))).suggestion == ""


@pytest.mark.parametrize("typed", ["xyzzyx", "smm", "dprsn", "1234"])
def test_what_looks_like_no_word_is_not_mended(ask, typed):
    assert ask(typed).suggestion == ""


def test_a_short_word_is_forgiven_one_letter_only(engine):
    engine.put([document("a", title="Phare")])
    assert engine.search(EngineQuery(words="phrae")).suggestion == "phare"
    assert engine.search(EngineQuery(words="farhe")).suggestion == ""


def test_words_are_mended_in_the_language_of_the_question(ask):
    assert ask("depresion", language="en").suggestion == "depression"


def test_a_word_is_known_as_soon_as_a_document_uses_it(engine):
    engine.put([document("a", title="Sylvothérapie")])
    assert engine.search(EngineQuery(words="silvotherapie")).suggestion == "sylvothérapie"
    engine.put([document("b", title="Équithérapie")])
    assert engine.search(EngineQuery(words="equiterapie")).suggestion == "équithérapie"


# The first letters.


def test_the_first_letters_of_any_word_of_a_title_complete_it(filled):
    titles = [one.text for one in filled.complete("ent", "fr")]
    assert titles == [
        "Groupe d’entraide mutuelle Le Phare",
        "Groupe d’entraide mutuelle Les Canaux",
    ]


def test_a_completion_says_its_type_and_where_it_leads(filled):
    one = filled.complete("bell", "fr")[0]
    assert (one.text, one.kind, one.url) == ("CMP Bellevue", "CMP", "/cmp-marseille/")


@pytest.mark.parametrize("start", ["év", "EV", "ev", "E\u0301v"])
def test_completion_leaves_accents_and_case_aside(filled, start):
    assert [one.url for one in filled.complete(start, "fr")] == ["/cmpea-aubagne/"]


def test_entries_are_proposed_before_pages(engine):
    engine.put(
        [
            document("page", title="Abri"),
            document("fiche", kind="GEM", is_entry=True, title="Zone d’abri"),
        ]
    )
    assert [one.url for one in engine.complete("ab", "fr")] == ["/fiche/", "/page/"]


def test_a_title_is_proposed_once(engine):
    engine.put([document("a", title="Le centre du Centre, au centre")])
    assert len(engine.complete("cen", "fr")) == 1


def test_several_words_must_all_begin_a_word_of_the_title(filled):
    assert [one.url for one in filled.complete("groupe le ph", "fr")] == ["/gem-aubagne/"]


def test_no_more_is_proposed_than_asked(filled):
    assert len(filled.complete("cm", "fr", limit=1)) == 1


@pytest.mark.parametrize("start", ["", "c", " ", '"', "%", "%%", "_ _", "*", "\x00", "🙂🙂", "xq"])
def test_too_few_letters_or_none_propose_nothing(filled, start):
    assert filled.complete(start, "fr") == ()


def test_completion_is_in_the_language_of_the_reader(filled):
    assert [one.url for one in filled.complete("dep", "en")] == ["/page-anglaise/"]
