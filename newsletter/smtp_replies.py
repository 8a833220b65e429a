"""SMTP replies that refuse an address: unknown address, or temporary failure.

Whoever is named here is written to no more, at once. So doubt is no « yes »: an answer without a
finer code (RFC 3463) must say in words that the address is unknown.
"""

import re

# Neither a piece of an IP address nor of a version number.
_FINER_CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# The mailbox does not exist, has moved or was closed (RFC 3463, 3.2 and 3.3).
_NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}

_WHO = r"(?:user|recipient|mailbox|address|account|person|customer|alias)"
_UNKNOWN_IN_WORDS = re.compile(
    rf"unknown (?:local )?{_WHO}"
    rf"|{_WHO}(?: is)? unknown"
    rf"|no such (?:local )?{_WHO}"
    rf"|no mailbox here"
    rf"|invalid {_WHO}"
    rf"|{_WHO} (?:\S+ )?(?:does not|doesn.t) exist"
    rf"|{_WHO} (?:\S+ )?not found"
    rf"|{_WHO} (?:has been |is |was )?(?:disabled|closed|deleted|unavailable)"
    rf"|not a (?:known|valid) {_WHO}"
    r"|(?:adresse|bo[iî]te|destinataire|utilisateur|compte) (?:\S+ )?"
    r"(?:inconnue?|inexistante?|n.existe (?:pas|plus))",
    re.IGNORECASE,
)


def is_unknown_address(words: str) -> bool:
    """Whether a refusal for good says that the address itself does not exist."""
    code = finer_code(words)
    if code:
        return code in _NO_SUCH_ADDRESS
    return bool(_UNKNOWN_IN_WORDS.search(words))


def finer_code(words: str) -> str:
    """The first code that says something; one that ends in 0 means « other »."""
    codes = _FINER_CODE.findall(words)
    return next((code for code in codes if not code.endswith(".0")), "")
