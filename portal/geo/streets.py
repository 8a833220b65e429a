"""The street of an address in a text: « 12 rue Paradis », « bd Baille »."""

from collections.abc import Sequence

from portal.geo.stopwords import STREETS

_MOST_WORDS = 6
_REPEATS = frozenset(("b", "bis", "t", "ter", "quater"))
_ALSO = frozenset(("ave", "che", "chem", "imp", "pl", "rte", "square", "trav", "traverse"))
#: Those that are a street without a number too; « cours de yoga » and « une place » are none.
_ALWAYS = frozenset(("rue", "avenue", "av", "ave", "bd", "boulevard", "impasse"))


def street_words(words: Sequence[str], place: frozenset[int] = frozenset()) -> frozenset[int]:
    """Where the words of a street stand: its number, its kind and its name.

    ``words`` are folded; ``place`` is where the commune is said, which ends the name. Without a
    number, the commune must follow: « à la rue » is no street.

    >>> sorted(street_words("psy 12 bis rue paradis 13006".split(), frozenset([5])))
    [1, 2, 3, 4]
    """
    for at, word in enumerate(words):
        if word not in STREETS and word not in _ALSO:
            continue
        first = at
        if first and words[first - 1] in _REPEATS:
            first -= 1
        has_number = bool(first) and words[first - 1].isdigit() and len(words[first - 1]) <= 4
        end = next((n for n in sorted(place) if n > at), len(words))
        name = range(at + 1, min(end, at + 1 + _MOST_WORDS))
        if has_number and name:
            return frozenset((*range(first - 1, at + 1), *name))
        is_followed = word in _ALWAYS and end < len(words) and name and name.stop == end
        if is_followed and (not at or words[at - 1] not in ("la", "cette")):
            return frozenset((at, *name))
    return frozenset()
