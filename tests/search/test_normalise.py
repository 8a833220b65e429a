"""What is typed in haste is read as French; what is French, or another language, stays."""

import pytest

from search.contracts import SearchQuery
from search.understanding import understand
from search.understanding.normalise import normalise

READ = {
    "j ai envie de me foutre en l air": "j'ai envie de me foutre en l'air",
    "jai plus envie detre en vie": "j'ai plus envie d'etre en vie",
    "j’ai peur": "j'ai peur",
    "j`ai peur": "j'ai peur",
    "jvx crever": "je veux crever",
    "g pris tro de cachets": "j'ai pris trop de cachets",
    "jpp": "j'en peux plus",
    "jpleure tt le temps": "je pleure tout le temps",
    "jme sens seul": "je me sens seul",
    "quil est loin": "qu'il est loin",
    "cest quoi un cmp": "c'est quoi un cmp",
    "c trop dur": "c'est trop dur",
    "marrrre de toooout": "marre de tout",
    "mouriiiir": "mourir",
    "20lexomil": "20 lexomil",
    "ou trouver un psi": "ou trouver un psy",
    "siquiatre": "psychiatre",
    "cmp l estaque": "cmp l'estaque",
    "l'hosto": "l'hôpital",
    "j'ai\u200b peur\x00": "j'ai peur",
}
UNTOUCHED = """
    j'ai pas pu dormir
    il a pu venir
    hépatite c
    13G12
    CMP du 3e
    le 1er étage
    dans mon quartier, deux ans
    www.exemple.fr
    José, jeté dehors
    mes amis, mais son fils
    une dette
    créée en été
    أريد أن أموت
    I want to die
    我想死
"""


@pytest.mark.parametrize(("typed", "french"), READ.items())
def test_haste_is_read_as_french(typed: str, french: str) -> None:
    assert normalise(typed) == french


@pytest.mark.parametrize("text", [line.strip() for line in UNTOUCHED.strip().splitlines()])
def test_what_is_written_well_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("typed", READ)
def test_what_was_read_is_read_the_same_again(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize("typed", ["x" * 10_000, "\x00" * 50, "\u202eabc\u202d", "'’'", "j", ""])
def test_no_text_is_refused(typed: str) -> None:
    assert isinstance(normalise(typed), str)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["psi pas chere", "psikologue gratuit", "siquiatre aubagne"])
def test_a_profession_is_known_as_it_is_heard(typed: str) -> None:
    found = understand(SearchQuery(text=typed))
    assert found.types or found.likely_types
