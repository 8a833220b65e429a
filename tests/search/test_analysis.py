"""One French chain for every engine: what is typed without accents finds what is written with."""

import doctest
import threading
import unicodedata

import pytest

from search import analysis
from search.analysis import ELISIONS, STOP_WORDS, fold, stem, stems, tokens, words


def test_the_examples_of_its_documentation_are_true() -> None:
    assert doctest.testmod(analysis).failed == 0


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hopitaux de jour", "Hôpital de jour"),
        ("groupe d entraide", "Groupes d’entraide"),
        ("l'aide", "L’aide"),
        ("L´aide", "aide"),
        ("qu'une ecoute", "Écoute"),
        ("jusqu'à Aix", "aix"),
        ("C.M.P.", "CMP"),
        ("s.o.s amitie", "SOS Amitié"),
        ("medico psychologique", "médico-psychologiques"),
        ("soeur", "sœur"),
        ("SCHIZOPHRENE", "schizophrène"),
        ("addictions", "addiction"),
        ("e\u0301coute", "écoute"),
        ("é\u202ecoute", "ecoute"),
        ("ｃｍｐ", "cmp"),
        ("santé\u00a0mentale", "sante mentale"),
        ("aujourd’hui", "aujourd'hui"),
    ],
)
def test_two_ways_to_write_the_same_words_give_the_same_stems(typed: str, written: str) -> None:
    assert stems(typed) == stems(written)


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "🙂", "\u202e", '"', "«»", "((((", "\ud800", "--"]
)
def test_a_text_without_words_gives_none(text: str) -> None:
    assert words(text) == []
    assert stems(text) == []


@pytest.mark.parametrize("word", ["seul", "mal", "sans", "non", "trop", "rien", "jamais", "peur"])
def test_a_word_that_matters_to_somebody_who_suffers_is_never_dropped(word: str) -> None:
    assert stems(word)


def test_an_elided_article_is_left_out_but_its_place_is_known() -> None:
    (token,) = tokens("l’hôpital")
    assert (token.word, token.begins, token.start, token.end) == ("hopital", 0, 2, 9)


def test_the_place_of_a_word_is_the_one_in_the_text_as_typed() -> None:
    text = "Ma sœur, à l’E\u0301cole n°12"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "Ma", "sœur", "à", "E\u0301cole", "n", "12",
    ]  # fmt: skip


def test_arabic_keeps_its_words_whatever_their_vowels() -> None:
    assert words("الصِّحَّة النفسية") == words("الصحة النفسية")
    assert len(stems("الصحة النفسية")) == 2


def test_a_word_holds_only_letters_and_digits() -> None:
    every = "".join(chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000)
    for text in (every, " ".join(every), "ﷺ ŉ ㈠ ﬁn ½ x²"):
        assert all(word.isalnum() for word in words(text))


def test_a_word_without_end_is_cut() -> None:
    assert len(words("x" * 10_000)[0]) == analysis.LONGEST_WORD


def test_the_lists_given_to_a_search_server_are_folded() -> None:
    for listed in (*STOP_WORDS, *ELISIONS):
        assert fold(listed) == listed
        assert unicodedata.is_normalized("NFKD", listed)
    assert ELISIONS <= STOP_WORDS


def test_stems_are_the_same_in_each_thread() -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(stem("hôpitaux") for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {stem("hopital")}
    assert len(found) == 200
