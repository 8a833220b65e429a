"""Names of places with a typing error, or written as they are heard."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.geo.gazetteer import Gazetteer, GazetteerTown, OtherName
from portal.text.phonetics import phonetic_key

SHORTEST_SLIP = 5
_LONG_NAME = 4
_SHORTEST_KEY = 10
_SHORTEST_QUARTER = 7


def words_like(word: str, towns: Gazetteer) -> list[str]:
    """The words of these names at an edit distance of one, or that sound like ``word``."""
    lengths = range(max(SHORTEST_SLIP, len(word) - 1), len(word) + 2)
    names = [name for length in lengths for name in towns.words.get(length, ())]
    found = process.extract(word, names, scorer=OSA.distance, score_cutoff=1, limit=4)
    near = [name for name, distance, _index in found if distance]
    if len(word) >= SHORTEST_SLIP:
        near += [name for name in towns.words_by_sound.get(phonetic_key(word), ()) if name != word]
    return list(dict.fromkeys(near))


def quarter_like(key: str, towns: Gazetteer) -> OtherName | None:
    """The quarter whose folded name is ``key`` with one error, or with its article glued to it."""
    if len(key) < _SHORTEST_QUARTER:
        return None
    if key[0] == "l" and (glued := towns.called(key[1:], "l")):
        return glued[0]
    close = process.extract(key, towns.other_keys, scorer=OSA.distance, score_cutoff=1, limit=4)
    near = [other for name, _distance, _index in close for other in towns.called(name)]
    return next((other for other in near if not other.is_only_in_field), None)


def towns_like(key: str, towns: Gazetteer) -> list[GazetteerTown]:
    """The towns whose whole folded name is ``key`` with a few errors.

    Two in a name of four words (« sainte marie de la mer »), one in three (« port de bou »), none
    in shorter ones.
    """
    count = key.count("-") + 1
    if count < _LONG_NAME - 1 or len(key) < _SHORTEST_KEY:
        return []
    errors = 2 if count >= _LONG_NAME else 1
    close = process.extract(key, list(towns.names), scorer=OSA.distance, score_cutoff=errors)
    return [town for name, _distance, _index in close for town in towns.named(name)]
