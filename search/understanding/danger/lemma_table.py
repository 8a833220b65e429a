"""The table of verb forms that ``train_danger`` writes, from the French dictionary of simplemma.

Needs simplemma, which only developers install; the portal reads the table (``lemmas``).
"""

from collections.abc import Iterable, Mapping

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from search.analysis import fold

#: Endings of the first group that sound alike, and are taken for one another (« me tué »).
_FIRST_GROUP = "e es er ez ee ees ent ai ais ait aient a as ant erai eras era erons erez eront"
_FIRST_GROUP += " erais erait eraient erent ons at"


def lemmas_by_form(lemmas: frozenset[str]) -> dict[str, str]:
    """The folded lemma of each folded form of these lemmas (written with their accents).

    A participle counts as its verb (« étranglée »), and verbs in -er have all their endings,
    misspelt ones too.
    """
    wanted = {lemma.encode(): fold(lemma) for lemma in lemmas}
    for lemma in lemmas:
        if lemma.endswith("er"):
            wanted.setdefault(f"{lemma[:-2]}é".encode(), fold(lemma))
    found = dict(_first_group(lemmas))
    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("fr")
    for form in dictionary:
        known = wanted.get(_bytes(dictionary[form]))
        if known:
            found.setdefault(fold(_text(form)), known)
    return found | {fold(lemma): fold(lemma) for lemma in lemmas}


def table_of(lemmas: Mapping[str, str]) -> str:
    """A line for each lemma: itself, then its forms; the same lemmas give the same text."""
    forms: dict[str, list[str]] = {}
    for form, lemma in sorted(lemmas.items()):
        forms.setdefault(lemma, []).append(form)
    return "".join(f"{lemma} {' '.join(those)}\n" for lemma, those in sorted(forms.items()))


def _first_group(lemmas: Iterable[str]) -> Iterable[tuple[str, str]]:
    for lemma in map(fold, sorted(lemmas)):
        if lemma.endswith("er"):
            for ending in _FIRST_GROUP.split():
                yield lemma[:-2] + ending, lemma
            if lemma.endswith("ger"):
                yield from ((f"{lemma[:-1]}{ending}", lemma) for ending in ("ais", "ait", "ant"))


def _bytes(word: str | bytes) -> bytes:
    return word if isinstance(word, bytes) else word.encode()


def _text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word
