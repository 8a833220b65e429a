"""Names of places with a typing error, or written as they are heard."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.geo.gazetteer import Gazetteer, GazetteerTown
from portal.text.phonetics import phonetic_key

SHORTEST_SLIP = 5
_MOST_ERRORS = 2


def words_like(word: str, towns: Gazetteer) -> list[str]:
    """The words of these names at an edit distance of one, or that sound like ``word``."""
    lengths = range(max(SHORTEST_SLIP, len(word) - 1), len(word) + 2)
    names = [name for length in lengths for name in towns.words.get(length, ())]
    found = process.extract(word, names, scorer=OSA.distance, score_cutoff=1, limit=4)
    near = [name for name, distance, _index in found if distance]
    if len(word) >= SHORTEST_SLIP:
        near += [name for name in towns.words_by_sound.get(phonetic_key(word), ()) if name != word]
    return list(dict.fromkeys(near))


def towns_like(key: str, towns: Gazetteer) -> list[GazetteerTown]:
    """The towns whose whole folded name is ``key`` with at most two errors."""
    names = list(towns.names)
    close = process.extract(key, names, scorer=OSA.distance, score_cutoff=_MOST_ERRORS)
    return [town for name, _distance, _index in close for town in towns.named(name)]
