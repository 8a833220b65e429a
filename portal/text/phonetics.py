"""How a French word sounds, for those who write as they hear: « psikologue », « suisside »."""

import re
from functools import lru_cache

_HEARD = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"ch|qu|q", "k"),
        (r"(?:sc|ss|c|z|x)(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ou?i|wi|w", "ui"),
        (r"y", "i"),
        (r"ai|ei", "e"),
        (r"(?:en|em|am)(?=[^aeiou])", "an"),
        (r"eau|au", "o"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"z", "s"),
        (r"e?s?$", ""),
    )
)


@lru_cache(maxsize=20_000)
def phonetic_key(word: str) -> str:
    """One way to write what sounds alike.

    >>> phonetic_key("psikologue") == phonetic_key("psychologue")
    True
    >>> phonetic_key("vitrole") == phonetic_key("vitrolles")
    True
    """
    for written, sound in _HEARD:
        word = written.sub(sound, word)
    return word
