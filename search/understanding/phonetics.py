"""How a word sounds: see ``portal.base.phonetics``, which names of places use too."""

from portal.base.phonetics import phonetic_key as phonetic_key
