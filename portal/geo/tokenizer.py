"""Tokens of a text, and what the words around a place add to it (« près de », « à 20 km »)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from portal.geo.names import plain
from portal.geo.stopwords import ARTICLES

MOST_CHARACTERS = 200
MOST_KM = 200
MOST_LEAD = 10
# A number and the letters stuck to it are one word (« 3e », « 10km »), « marseille13 » is two.
_WORD = re.compile(r"\d[^\W_]*|[^\W\d_]+")
_UNSEEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ORDINAL = re.compile(r"0*(\d{1,2})(er|ere|re|e|eme|ieme|nd|nde)?")
_APART = re.compile(r"\b(\d{1,2}) (?=(?:[eè]re?|er|i?[eèé]me|nde?)\b)", re.IGNORECASE)
_WRITTEN_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "pce": "provence",
}
_SPELT = """
    premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme
    onzieme douzieme treizieme quatorzieme quinzieme seizieme
"""
_ORDINALS = {word: number for number, word in enumerate(_SPELT.split(), start=1)}
_WITH_ARTICLE = {"au": "le", "du": "le", "aux": "les", "des": "les"}

_KM = r"(?P<km>\d{1,4}) ?(?:km|kms|kilometres?)"
_BEFORE = re.compile(
    r"(?:^|(?<= ))(?:"
    r"(?:(?:a|dans|un|moins|rayon|de|d) )*" + _KM + r"(?: (?:max|maximum|environ|autour|alentour))*"
    r"(?P<kmof> (?:de|d|du|des|a))?"
    r"|(?P<around>(?:(?:tout|a|aux?|dans|les?|la|l|du|et|de|assez|un|peu) )*"
    r"(?:pres|proche|autour|alentours?|environs|abords|proximite|pas loin|non loin|loin"
    r"|(?<=a )cote|(?<=du )cote|coin|region)(?: (?:de|d|du|des|a))?|vers"
    r"|a (?:\d+ ?(?:min|mn|minutes?|h|heures?)|une heure)(?: (?:de|d|du|des))?)"
    r"|(?P<home>(?:(?:j|on|nous|il|elle|je) )?(?:habite|habitons|habitent|reside|residons)"
    r"(?: (?:a|au|aux|sur|en|dans))?)"
    r"|(?:(?:on|nous|je|il|elle) )?(?:vis|vit|suis|est) (?P<at>a|au|aux)"
    r"|(?P<town>(?:(?:dans|sur|a|la|le|l|de|d) )*(?:ville|commune|village|secteur) (?:de|d|du|des))"
    r"|(?P<to>a|au|aux)|(?P<on>sur)|(?P<inside>en|dans|pour)|(?:de|d|du|des)"
    r")$"
)
_KM_AFTER = (
    r"(?:(?:a|dans|un|moins|rayon|de|sur|plus|et|les) )*(?P<{}>\d{{1,4}}) ?(?:km|kms|kilometres?)"
    r"(?: (?:max|maximum|environ|a la ronde|autour|aux alentours|alentours?))*"
)
_AFTER = re.compile(
    r"(?P<around>(?:et |ou )?(?:(?:ses|les|aux|dans|a|de|l) )*"
    rf"(?:alentours?|environs|autour|proximite))(?: {_KM_AFTER.format('km1')})?(?= |$)"
    rf"|{_KM_AFTER.format('km2')}(?= |$)"
)


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of the text, and its position."""

    text: str
    start: int
    end: int
    raw: str

    @property
    def name(self) -> str:
        """The word as it stands in place names: « st » is « saint », « 3ème » is « 3 »."""
        ordinal = self.ordinal
        return _WRITTEN_SHORT.get(self.text, self.text) if ordinal is None else str(ordinal)

    @property
    def ordinal(self) -> int | None:
        match = _ORDINAL.fullmatch(self.text)
        return int(match[1]) if match else _ORDINALS.get(self.text)

    @property
    def is_spelt(self) -> bool:
        """Whether it is an ordinal in letters: « dixième »."""
        return self.text in _ORDINALS

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_capitalised(self) -> bool:
        return self.raw[0].isupper()


@dataclass(frozen=True, slots=True)
class PlaceLead:
    """What stands before a name: from which word on, and what it says of the distance.

    ``introduces``: a preposition that places follow (« a », « sur »); ``tells``: it hardly
    precedes anything else (« à » with its accent, which the verb has not); ``is_strong``:
    nothing else can follow (« près de »); ``is_inside``: no commune follows it (« en »).
    ``article`` is the one said before the name.
    """

    start: int
    km: int | None = None
    is_around: bool = False
    introduces: bool = False
    tells: bool = False
    is_strong: bool = False
    is_inside: bool = False
    article: str = ""


def joined_ordinals(text: str) -> str:
    """The text with each ordinal in one word.

    >>> joined_ordinals("cmp du 8 ème")
    'cmp du 8ème'
    """
    return _APART.sub(r"\1", text)


class TokenizedText:
    """A text as words, cut at a maximal length, without invisible characters."""

    def __init__(self, text: str) -> None:
        seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text[:MOST_CHARACTERS]))
        self.text = joined_ordinals(_BLANK.sub(" ", seen).strip())
        self.words = [
            TextWord(folded, match.start(), match.end(), match[0])
            for match in _WORD.finditer(self.text)
            if re.fullmatch(r"[a-z0-9]+", folded := plain(match[0]))
        ]
        self._leads: dict[int, PlaceLead] = {}

    @cached_property
    def names(self) -> list[str]:
        return [word.name for word in self.words]

    @cached_property
    def shouts(self) -> bool:
        """Whether every word has capitals, which then distinguish no name."""
        return all(word.is_capitalised for word in self.words if not word.is_number)

    def word(self, index: int) -> str:
        """The word at this index; empty before the first and after the last."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def before(self, start: int) -> PlaceLead:
        """The preposition and article that end just before ``start``."""
        if start not in self._leads:
            self._leads[start] = self._lead(start)
        return self._leads[start]

    def _lead(self, start: int) -> PlaceLead:
        article, first = "", start
        if self.word(start - 1) in ARTICLES:
            article, first = self.word(start - 1), start - 1
        said = " ".join(word.text for word in self.words[max(0, first - MOST_LEAD) : first])
        match = _BEFORE.search(said)
        if match is None:
            return PlaceLead(first, article=article)
        article = article or _WITH_ARTICLE.get(self.word(first - 1), "")
        strong = bool(match["km"] or match["around"] or match["town"] or match["home"])
        to = bool(match["to"] or match["at"])
        has_accent = self.words[first - 1].raw not in ("a", "A") or self.shouts
        return PlaceLead(
            start=first - len(match[0].split()),
            km=_km(match["km"]) if match["km"] else None,
            is_around=bool(match["around"]),
            introduces=strong or to or bool(match["on"]),
            tells=strong or (to and has_accent),
            is_strong=strong,
            is_inside=bool(match["inside"]),
            article=article,
        )

    def after(self, end: int) -> tuple[int, int | None]:
        """End of the words that give a distance after the name, and that distance."""
        match = _AFTER.match(" ".join(word.text for word in self.words[end : end + MOST_LEAD]))
        if match is None:
            return end, None
        digits = match["km1"] or match["km2"]
        return end + len(match[0].split()), _km(digits) if digits else None

    def without(self, *spans: tuple[int, int]) -> str:
        """The text without these words and the punctuation that they leave alone."""
        text = self.text
        for start, end in sorted(spans, reverse=True):
            left = re.sub(r"[\s,;:/(\[«\"'’–—-]+$", "", text[: self.words[start].start])
            right = re.sub(r"^[\s,;:/)\]»\"'’–—.-]+", "", text[self.words[end - 1].end :])
            text = f"{left} {right}".strip()
        return text

    def between(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[end - 1].end]


def _km(digits: str) -> int:
    return max(1, min(int(digits), MOST_KM))
