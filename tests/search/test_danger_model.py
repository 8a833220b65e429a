"""The danger model adds to the rules; without it, they answer alone."""

from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from search.analysis import words
from search.management.commands import train_danger
from search.understanding.danger import DangerSigns, lemma_table, lemmas, model, rules, signs_in
from search.understanding.danger.features import BUCKETS, features
from search.understanding.danger.model import danger_model, model_from
from search.understanding.danger.reading import read_words, verbs
from search.understanding.danger.sentences import HELD_OUT, UnreadableSentences, read_sentences

RULES_KNOW = "je veux en finir"
ODD = ["x" * 10_000, "\x00" * 40, "\u202eeuq \u202d", "我想死", "🙂", "", "'", "1 2 3", "\ud800"]


@pytest.fixture
def forget_the_model():
    danger_model.cache_clear()
    yield
    danger_model.cache_clear()


@pytest.fixture
def few_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the sentences, of every kind."""
    kept = list(read_sentences())[::10]
    monkeypatch.setattr(train_danger, "read_sentences", lambda: iter(kept))


def test_the_file_is_small_and_holds_what_was_written() -> None:
    content = model.FILE.read_bytes()
    assert len(content) <= 500_000
    assert model_from(content).to_bytes() == content


@pytest.mark.usefixtures("forget_the_model")
@pytest.mark.parametrize("content", [None, b"", b"{}\n", b'{"outputs": [1]}\n\x00', b"\xff\xfe"])
def test_without_its_file_the_rules_answer_alone_and_the_log_says_so(
    content: bytes | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = tmp_path / "model.bin"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(model, "FILE", path)
    assert signs_in(RULES_KNOW) == DangerSigns(danger="suicide")
    assert signs_in("cmp aubagne") == DangerSigns()
    assert "règles" in caplog.text
    assert "aubagne" not in caplog.text


@pytest.mark.parametrize("text", ODD)
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(signs_in(text), DangerSigns)


def test_features_are_places_of_the_model() -> None:
    assert all(0 <= one < BUCKETS for one in features(read_words("je ne vais pas bien du tout")))


def test_a_bad_line_of_sentences_is_named_without_its_words(tmp_path: Path) -> None:
    (tmp_path / "suicide.tsv").write_text("danger\tsecret\n", encoding="utf-8")
    with pytest.raises(UnreadableSentences, match=r"^suicide\.tsv, ligne 1$"):
        list(read_sentences(tmp_path))


def test_what_measures_is_never_learned() -> None:
    held_out = {" ".join(words(one.text)) for one in read_sentences(HELD_OUT)}
    assert held_out.isdisjoint(" ".join(words(one.text)) for one in read_sentences())


def test_sentences_never_learned_are_heard_as_far_as_promised() -> None:
    signs = [signs_in(one.text) for one in read_sentences(HELD_OUT) if one.degree == "danger"]
    assert sum(bool(one.danger) for one in signs) >= 0.9 * len(signs)
    assert sum(one != DangerSigns() for one in signs) >= 0.97 * len(signs)


def test_the_table_of_verbs_is_what_the_dictionary_gives() -> None:
    assert lemmas.lemmas() == lemma_table.lemmas_by_form(verbs())


def test_every_rule_can_be_searched_for() -> None:
    assert all(rule.pattern for rule in rules.read_rules())


def test_every_part_of_a_rule_has_a_word_that_must_be_there() -> None:
    for line in rules.rule_lines():
        for part in line.split("!"):
            must = [slot for slot in part.split() if not slot.startswith("(") and slot != "*"]
            assert must, line


def test_the_file_is_the_one_that_the_sentences_give() -> None:
    call_command("train_danger", "--check", verbosity=0)


@pytest.mark.usefixtures("few_sentences")
def test_a_file_that_is_not_told_by_the_sentences_is_refused() -> None:
    with pytest.raises(CommandError, match="réapprenez"):
        call_command("train_danger", "--check", verbosity=0)
