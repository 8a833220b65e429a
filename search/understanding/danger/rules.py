"""Phrases of danger, written by hand. No database, no setting: help is shown whatever happens.

When in doubt it is shown: a help block too many costs a glance, one too few may cost a life.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

from portal.text.phonetics import phonetic_key
from search.analysis import fold
from search.understanding.danger.reading import ReadWord, read_word
from search.understanding.danger.subjects import names_a_subject
from search.understanding.danger.words import (
    CLASSES,
    KINDS,
    ORDINARY,
    QUIET_KINDS,
    SUBJECTS,
    WORDS,
)

_PHRASES = Path(__file__).parent / "data" / "rules.txt"
#: From how many letters a word is known with a typing error.
SHORTEST_SLIP = 6
#: What stands where a phrase was taken out, so that its neighbours do not join.
_GAP = " · "
#: « # » in a rule: more cachets than are taken at once.
_MANY = "(?:[5-9]|[1-9][0-9]{1,2})"
#: « * » in a rule: up to three words of any kind.
_ANY = "(?:[^ ]+ ){0,3}"
#: The same in what excuses a word of danger: « ma voiture va mourir » does, « je dors dans ma
#: voiture, je veux mourir » does not.
_ANY_BUT_I = "(?:(?!je[ /])[^ ]+ ){0,3}"


@dataclass(frozen=True, slots=True)
class DangerRule:
    """One line of ``rules.txt``: what it tells of and the text it is found in.

    ``needs`` are words or verbs of which one at least is in this text; empty when any word may do.
    ``takes_out``: the other rules do not see this text any more. ``chooses``: it tells of no
    danger, but which one it is when one was heard.
    """

    kind: str
    said: str
    unless: str
    needs: frozenset[str]
    takes_out: bool
    chooses: bool = False

    def may_match(self, present: frozenset[str]) -> bool:
        return not self.needs or not self.needs.isdisjoint(present)

    @property
    def pattern(self) -> re.Pattern[str]:
        is_excuse = self.takes_out and not self.kind
        return _pattern(self.said, self.unless, _ANY_BUT_I if is_excuse else _ANY)


def heard_by_rules(read: Sequence[ReadWord]) -> tuple[frozenset[str], list[ReadWord]]:
    """All that the rules hear in a text, and the words that none has taken out.

    The first are kinds of danger and of what is answered quietly.
    """
    present = frozenset(word.word for word in read) | {word.lemma for word in read}
    near = [rule for rule in read_rules() if rule.may_match(present)]
    said = _rendered(read)
    found = set()
    for rule in near:
        if rule.takes_out and rule.pattern.search(said):
            said = rule.pattern.sub(_GAP.lstrip(), said)
            found.add(rule.kind)
    tells = (rule for rule in near if not rule.takes_out and not rule.chooses)
    found |= {rule.kind for rule in tells if rule.pattern.search(said)}
    words = [shown.partition("/")[0] for shown in said.split()]
    # A blank may have fallen anywhere in a word.
    joined = {one + two for one, two in pairwise(words)}
    named = {word: _kind_of(word) for word in words}
    named |= {word: _single_words()[word] for word in joined if word in _single_words()}
    nouns = {word: kind for word, kind in named.items() if kind}
    if nouns and names_a_subject(read, nouns):
        nouns = {word: SUBJECTS.get(kind, kind) for word, kind in nouns.items()}
    found |= set(nouns.values())
    rest = [read_word(word) for word in words if word != _GAP.strip()]
    return frozenset(kind for kind in found if kind), rest


def chosen_kind(read: Sequence[ReadWord]) -> str:
    """Which danger it is, by the rules that only choose, the first first; empty when none does.

    « mon fils de 19 ans me frappe » is violence, « j’ai 13 ans, on me frappe » is of childhood.
    """
    present = frozenset(word.word for word in read) | {word.lemma for word in read}
    said = _rendered(read)
    choosing = (rule for rule in read_rules() if rule.chooses and rule.may_match(present))
    return next((rule.kind for rule in choosing if rule.pattern.search(said)), "")


def gravest(kinds: frozenset[str]) -> str:
    """The kind of danger that hides the others; empty when there is none."""
    return next((kind for kind in KINDS if kind in kinds), "")


def quiet_kind(kinds: frozenset[str]) -> str:
    """What is answered quietly; empty when nothing is."""
    return next((kind for kind in QUIET_KINDS if kind in kinds), "")


def is_crisis_word(word: str) -> bool:
    """Whether a folded word tells of danger by itself."""
    return bool(_kind_of(word))


def _rendered(read: Sequence[ReadWord]) -> str:
    shown = (f"{one.word}/{one.lemma}" if one.lemma else one.word for one in read)
    return f" {' '.join(shown)} "


def rule_lines() -> list[str]:
    """The rules as they are written, comments and names of sections left out."""
    return [line for line in _written_lines() if not line.startswith("[")]


def _written_lines() -> list[str]:
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def read_rules() -> tuple[DangerRule, ...]:
    """The rules, in the order of their file."""
    return tuple(_read_rules(_written_lines()))


def _read_rules(lines: Sequence[str]) -> Iterator[DangerRule]:
    kind, takes_out, chooses = "", False, False
    for line in lines:
        if line.startswith("["):
            name = line.strip("[]")
            kind = name.lstrip("-?")
            takes_out, chooses = name.startswith("-"), name.startswith("?")
        else:
            said, _mark, unless = fold(line).partition("!")
            yield DangerRule(kind, said, unless, _needs(said), takes_out, chooses)


@cache
def _pattern(said: str, unless: str, any_words: str) -> re.Pattern[str]:
    """Compiled when a text may match for the first time: most rules never are."""
    pattern = "(?<= )" + "".join(map(_slot, said.split()))
    if unless:
        pattern += f"(?!{''.join(map(_slot, unless.split()))})"
    return re.compile(pattern.replace(_ANY, any_words))


def _needs(said: str) -> frozenset[str]:
    """Of the words that must be there, the choice that has the fewest."""
    found = []
    for slot in said.split():
        if slot not in ("*", "^", ".") and not slot.startswith("("):
            choices = [choice.removeprefix("=") for choice in _choices(slot)]
            if not any("~" in choice or choice == "#" for choice in choices):
                found.append(frozenset(choices))
    return min(found, key=len, default=frozenset())


def _choices(slot: str) -> list[str]:
    parts = (
        _folded_classes()[choice[1:]] if choice.startswith("$") else [choice]
        for choice in slot.split("|")
    )
    return [choice for part in parts for choice in part]


@cache
def _folded_classes() -> dict[str, list[str]]:
    return {name: fold(words).split() for name, words in CLASSES.items()}


def _slot(slot: str) -> str:
    if slot == "*":
        return _ANY
    if slot == "^":
        return "(?<=^ )"
    if slot == ".":
        return "$"
    if slot.startswith("("):
        return f"(?:{_slot(slot[1:-1])})?"
    return f"(?:{'|'.join(map(_choice, _choices(slot)))}) "


def _choice(choice: str) -> str:
    if choice == "#":
        return _MANY
    if choice.startswith("="):
        return f"[^ /]*/{choice[1:]}"
    return choice.replace("~", "[^ /]*") + "(?:/[^ ]*)?"


@cache
def _single_words() -> dict[str, str]:
    return {word: kind for kind, words in WORDS.items() for word in words.split()}


@cache
def _heard_words() -> dict[str, str]:
    return {
        phonetic_key(word): kind
        for word, kind in _single_words().items()
        if len(word) >= SHORTEST_SLIP
    }


def _kind_of(word: str) -> str:
    if word in _single_words():
        return _single_words()[word]
    if word in ORDINARY or len(word) < SHORTEST_SLIP - 1:
        return ""
    sound = phonetic_key(word)
    return (
        _heard_words().get(sound, "")
        or _near(word, _single_words())
        or _near(sound, _heard_words())
    )


def _near(word: str, known: dict[str, str]) -> str:
    """The kind of the word that one slip of the finger made this one of."""
    for other, kind in known.items():
        is_long = len(other) >= SHORTEST_SLIP and len(word) >= SHORTEST_SLIP - 1
        if is_long and OSA.distance(word, other, score_cutoff=1) <= 1:
            return kind
    return ""
