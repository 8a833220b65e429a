"""Passwords that people in France would try first: Django's list of common ones is English."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from portal.text.normalize import plain

_WORDS = Path(__file__).parent / "data" / "known_words.txt"
_ROWS = (
    *("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop"),
    *("aqwzsxedcrfvtgb", "azqswxedc", "abcdefghijklmnopqrstuvwxyz"),
)
_SHORTEST_RUN = 3
#: Words of Django's list that are shorter would be found in any phrase.
_SHORTEST_COMMON = 4
_LINKS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ma",
        "mes",
        "mon",
        "pour",
        "sur",
        "un",
        "une",
    ]
)
#: A known word and another are guessed; three have to be searched for.
MOST_WORDS = 2
#: A date, a postcode or a phone number beside a word; more digits are no longer guessed.
MOST_DIGITS = 10
_AS_LETTERS = str.maketrans("01345789@$!€", "oieastbgasie")
#: Nobody guesses more letters; the sum of trials stays small.
_LONGEST = 64


class FrenchPasswordValidator:
    """Refuses keys in their order, digits alone, a pattern again and again, and one or two known
    words (of the portal too) with digits or signs around, or instead of letters.

    A phrase of several words passes: nothing is asked of a password but to be no guess.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raises ``ValidationError``, which says why in French."""
        if why := _weakness(password):
            advice = _("Prenez plutôt quatre mots sans rapport entre eux : ils se retiennent.")
            raise ValidationError(f"{why} {advice}", code="password_known")

    def get_help_text(self) -> str:
        return _(
            "Ni une suite de touches, ni un mot que tout le monde essaierait : un prénom, une "
            "ville, le nom du portail."
        )


def _weakness(password: str) -> str:
    """Why this password would be guessed; empty when it would not."""
    if re.fullmatch(r"(.{1,4}?)\1+.{0,3}", password, re.DOTALL):
        return _("Ce mot de passe répète les mêmes signes.")
    if re.fullmatch(r"[\d\W_]+", password) and any(sign.isdigit() for sign in password):
        return _("Ce mot de passe n’a que des chiffres.")
    if sum(sign.isdigit() for sign in password) > MOST_DIGITS:
        return ""
    own = _own_words()
    for letters in _readings(password):
        words = _fewest_words(letters, own) if len(letters) <= _LONGEST else MOST_WORDS + 1
        if words == 0:
            return _("Ce mot de passe suit les touches du clavier ou l’alphabet.")
        if words <= MOST_WORDS:
            return _(
                "Ce mot de passe est fait de mots que beaucoup de gens choisissent, ou du nom d’un "
                "lieu ou du portail ; des chiffres et des signes autour n’y changent rien."
            )
    return ""


def _readings(password: str) -> Iterator[str]:
    """The letters of a password: as they are, then with those that digits and signs stand for."""
    yield _letters(password)
    within = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", password)
    yield _letters(within.lower().translate(_AS_LETTERS))
    yield _letters(password.lower().translate(_AS_LETTERS))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", plain(text))


def _fewest_words(letters: str, own: frozenset[str]) -> int:
    """How many known words these letters are at the least, keys in their order and links for none.

    ``MOST_WORDS + 1`` when some of the letters are in no word that is known, or there are none.
    """
    unknown = MOST_WORDS + 1
    if not letters:
        return unknown
    fewest = [0] + [unknown] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(end):
            if fewest[start] < unknown:
                cost = _cost(letters[start:end], own)
                fewest[end] = min(fewest[end], fewest[start] + cost)
    return fewest[-1]


def _cost(part: str, own: frozenset[str]) -> int:
    if part in _LINKS or _is_run(part):
        return 0
    return 1 if part in own or part in _known_words() else MOST_WORDS + 1


def _is_run(part: str) -> bool:
    if len(part) < _SHORTEST_RUN:
        return False
    return any(part in row or part[::-1] in row for row in _ROWS)


def _own_words() -> frozenset[str]:
    """The names of this portal: whole, and word by word."""
    portal = PortalSettings.load()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    names = (portal.site_name, portal.department_name, portal.operator, portal.tagline, host)
    split = [plain(name).split() for name in names]
    whole = {"".join(words) for words in split}
    return frozenset(whole | {word for words in split for word in words}) - {""} - _LINKS


@cache
def _known_words() -> frozenset[str]:
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    ours = {word for line in lines if not line.startswith("#") for word in line.split()}
    common = CommonPasswordValidator().passwords
    return frozenset(
        ours | {word for word in common if len(word) >= _SHORTEST_COMMON and word.isalpha()}
    )
