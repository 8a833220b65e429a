"""SMTP replies that refuse an address: what they say in words, before what their codes say.

Servers give the code of an unknown address (5.1.1) to a mailbox that is full, or to a sender that
they do not want. So words decide first, by the table ``data/smtp_replies.tsv``: one line for each
way of saying a thing, with whose it is and an example. Whoever is named « unknown » is written to
no more, at once: doubt is no « yes ».
"""

import csv
import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parent / "data" / "smtp_replies.tsv"

# Neither a piece of an IP address nor of a version number.
_FINER_CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# The mailbox does not exist, has moved or was closed (RFC 3463, 3.2 and 3.3).
_NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
# What is said of it in a word or two, that means nothing without the code; none means the code.
_NO_SUCH_IN_A_WORD = re.compile(
    r"\bunknown\b(?! (?:error|reason|failure|problem|issue))"
    r"|(?<!erreur )(?<!raison )(?<!cause )\binconnue?\b"
    r"|(?:address|recipient|adresse|destinataire) (?:rejected|refused|rejet[ée]e?|refus[ée]e?)"
    r"|\b(?:not found|introuvable|bad destination|undeliverable|disabled|closed|moved|expired)\b",
    re.IGNORECASE,
)
_A_WORD = re.compile(r"(?!smtp\b)[^\W\d_]{3,}", re.IGNORECASE)
_FOR_NOW = re.compile(r"(?<![\w.\[])(?:4\d\d(?=[ -])|552(?=[ -])|4\.\d{1,3}\.\d{1,3})")
# What is quoted says nothing: « spam@x.example does not exist », « see http://…/spam ».
_QUOTED = re.compile(r"https?://\S+|<[^>]{0,254}>|[^\s<>()\[\];,:]+@[^\s<>()\[\];,:]+")


_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;]+")
# Much more would keep the expression above busy: anybody may write a « bounce ».
_MOST_CHARACTERS = 1000


class ReplyMeaning(StrEnum):
    """What a refusal is about; what no line of the table says is ``UNCLEAR``."""

    FULL = "full"
    RATE = "rate"
    BLOCKED = "blocked"
    OURS = "ours"
    HELD = "held"
    GONE = "gone"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"


_FOR_GOOD = {ReplyMeaning.GONE, ReplyMeaning.UNKNOWN}
#: About the portal, its server or its domain: nobody is dropped for it, however often it comes.
_NOT_OF_THE_READER = {ReplyMeaning.RATE, ReplyMeaning.BLOCKED, ReplyMeaning.OURS}


class ReplyPattern(NamedTuple):
    """A line of the table."""

    meaning: ReplyMeaning
    providers: str
    pattern: re.Pattern[str]
    example: str


@cache
def reply_patterns() -> tuple[ReplyPattern, ...]:
    """The table, in its order: the first line that fits decides."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            ReplyPattern(
                ReplyMeaning(row["meaning"]),
                row["providers"],
                re.compile(row["pattern"], re.IGNORECASE),
                row["example"],
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def meaning_of(words: str) -> ReplyMeaning:
    """What a refusal says: by its words, else by its codes."""
    text = " ".join(_QUOTED.sub(" … ", words).split())
    for known in reply_patterns():
        if known.pattern.search(text):
            return known.meaning
    return _meaning_of_codes(_codes(words), text)


def _meaning_of_codes(codes: list[str], text: str) -> ReplyMeaning:
    if codes and all(code in _NO_SUCH_ADDRESS for code in codes):
        # Servers give this code to anything: other words than its own are for a person to read.
        is_confirmed = _NO_SUCH_IN_A_WORD.search(text) or not _A_WORD.search(text)
        return ReplyMeaning.UNKNOWN if is_confirmed else ReplyMeaning.UNCLEAR
    if "5.2.2" in codes:
        return ReplyMeaning.FULL
    if any(code.startswith("5.7.") for code in codes):
        return ReplyMeaning.BLOCKED
    return ReplyMeaning.UNCLEAR


def is_unknown_address(words: str) -> bool:
    """Whether a refusal for good says that the address itself does not exist.

    A code that says something else, or that it is only for now, is doubt.
    """
    if meaning_of(words) not in _FOR_GOOD or _FOR_NOW.search(words):
        return False
    return all(code in _NO_SUCH_ADDRESS for code in _codes(words))


def is_about_something_else(words: str) -> bool:
    """Whether the words say that the address is not what is wrong, whatever its code."""
    return meaning_of(words) not in _FOR_GOOD | {ReplyMeaning.UNCLEAR}


def speaks_of_reader(words: str) -> bool:
    """Whether a refusal is about the mailbox of its reader; what is unclear may be."""
    return meaning_of(words) not in _NOT_OF_THE_READER


def finer_code(words: str) -> str:
    """The first code that says something; one that ends in 0 means « other »."""
    return next(iter(_codes(words)), "")


def _codes(words: str) -> list[str]:
    return [code for code in _FINER_CODE.findall(words) if not code.endswith(".0")]


def remove_addresses(words: str) -> str:
    """A server's words without the address that they often quote, short enough to keep."""
    on_one_line = " ".join(words.replace("\0", "").split())
    return _ADDRESS.sub("…", on_one_line[:_MOST_CHARACTERS])[:300]
