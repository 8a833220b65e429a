"""Which encoding a text file was saved in: spreadsheets do not say it, and its French shows it.

A byte is « é » for Excel on Windows, « È » for Excel on a Mac and « Ú » for an old console. Each
reading is measured as French; one is kept only when it is clearly more French than the others.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charset_normalizer import from_bytes

#: Excel and others on Windows, Excel on a Mac, older Unix, old consoles; what each is taken for
#: before a letter of the file is read (less than 0: rarer).
_LEGACY = {"cp1252": 0, "iso8859_15": -1, "mac_roman": -2, "cp850": -5}
#: How each is called on screen.
_LABELS: dict[str, str | Promise] = {
    "cp1252": _("Windows (1252)"),
    "iso8859_15": _("ISO 8859-15"),
    "mac_roman": _("Mac (Mac Roman)"),
    "cp850": _("DOS (850)"),
    "utf-16": _("UTF-16"),
}
#: How surprising a letter is in French: what two encodings make of a file is compared by it.
_SURPRISE = {
    "é": 0, "è": 1, "à": 1, "ê": 2, "ç": 2, "ô": 3, "â": 3, "î": 3, "û": 3, "ù": 3, "ë": 4, "ï": 3,
    "ü": 5, "ÿ": 6, "œ": 2, "æ": 5, "É": 3, "À": 3, "È": 3, "Ê": 3, "Ç": 3, "Î": 3, "Ô": 4, "Â": 4,
    "Ë": 6, "Ï": 6, "Û": 6, "Ù": 6, "Ü": 6, "Ÿ": 7, "Œ": 3, "Æ": 6,
    **dict.fromkeys("áíóúñãõåøßöä", 6), **dict.fromkeys("ªº", 6),
    **dict.fromkeys("’«»–—\u00a0\u202f", 1), **dict.fromkeys("…·•°€§²³“”‘", 2),
}  # fmt: skip
#: A capital inside a word, a sign between two letters, a letter alone.
_VERY = 12
_ALONE = 8
#: Less than this between two readings is doubt.
_CLEAR = 5
_SIGN = re.compile(r"[^\x00-\x7f]")
_WITH_ACCENT = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
#: « Ã© » for « é » (UTF-8 read as Windows), « √© », « ├® » (as a Mac or an old console), a lost
#: sign; « GŽmenos », « G‚menos », « GÈmenos », « GÚmenos », « GÇmenos »: one of these three read as
#: another leaves inside a word a sign or a capital that French never has there. « SantÉnergie » may
#: be a name, so É, À, Ê and Î are let be.
_SPOILT = re.compile(
    "[^\\s;,]*(?:[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€[\u0080-\u00bf™œ“”¦˜]|\ufffd"
    "|(?<=[^\\W\\d_])[√├](?=\\S)"
    "|(?<=[^\\W\\d_])[ŽƒˆŠŒ‚‡‰™ÁÂÄÅÇÈËÌÍÏÒÓÔÖØÙÚÛÞþ¶¯¹¨´˚˘×](?=[a-zà-öø-ÿ]))[^\\s;,]*"
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, and the encoding that it was read with."""

    text: str
    encoding: str = "utf-8"

    @property
    def label(self) -> str:
        return str(_LABELS.get(self.encoding, ""))

    @property
    def example(self) -> str:
        """A word whose accent shows whether the encoding is the right one; empty when none does."""
        found = _WITH_ACCENT.search(self.text)
        return found.group() if found else ""


def decode_legacy(content: bytes) -> DecodedText | None:
    """The text of a file that is no Unicode; None when no encoding, or more than one, fits.

    When two of them make much the same French of it, charset-normalizer has to choose the same.
    """
    readings = _french_readings(content)
    if not readings:
        return None
    (best, score), *others = readings
    if not others or others[0][1] - score >= _CLEAR:
        return best
    match = from_bytes(content, cp_isolation=list(_LEGACY)).best()
    agrees = match is not None and str(match) == best.text
    return best if agrees and others[0][1] - score > 1 else None


def most_french(content: bytes) -> str | None:
    """The likeliest text of one line of a file; None when no encoding makes French of it."""
    readings = _french_readings(content)
    return readings[0][0].text if readings else None


def spoilt_word(text: str) -> str:
    """The first word whose accents another program has already spoilt; empty when none is."""
    found = None if text.isascii() else _SPOILT.search(text)
    return found.group() if found else ""


def _french_readings(content: bytes) -> list[tuple[DecodedText, int]]:
    """What each encoding makes of it, the most French first; each text once."""
    found: dict[str, tuple[DecodedText, int]] = {}
    for encoding, taken_for in _LEGACY.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in found and (surprise := _surprise(text)) is not None:
            found[text] = (DecodedText(text, encoding), surprise - taken_for)
    return sorted(found.values(), key=lambda reading: reading[1])


def _surprise(text: str) -> int | None:
    """How far the text is from French; None when it has a sign that French never has."""
    total = 0
    for match in _SIGN.finditer(text):
        sign, start = match.group(), match.start()
        if sign not in _SURPRISE:
            return None
        before, after = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
        total += _SURPRISE[sign] + _misplaced(sign, before, after)
    return total


def _misplaced(sign: str, before: str, after: str) -> int:
    if not sign.isalpha():
        is_inside = before.isalpha() and after.isalpha() and sign != "’"
        begins = not before.strip() and after.isalpha() and sign == "…"
        return _VERY if is_inside else _ALONE if begins else 0
    if not (before.isalpha() or after.isalpha()):
        return 0 if sign in "àÀ" or before in "'’" or after in "'’" else _ALONE
    if sign.isupper():  # « GÈmenos », but « GÉMENOS » and « École »
        return _VERY if before.islower() or (before.isupper() and after.islower()) else 0
    return _VERY if before.isupper() and after.isupper() else 0
