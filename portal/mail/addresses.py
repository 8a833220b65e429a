"""What is written in « To », and what says that two addresses are the same."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from email_validator import EmailNotValidError, validate_email

LONGEST = 254  # RFC 5321, 4.5.3.1.3: what a server may be given
LONGEST_LOCAL_PART = 64
# Nobody types this much: what is longer is not even read.
_LONGEST_READ = 1000
# Controls, formats, halves of a character, and the separators of lines and paragraphs.
_LINK = "mailto:"
#: « Léa <lea@asso.example> », « "Essai, Léa" <lea@asso.example> », « <lea@asso.example> »
_NAMED = re.compile(r"[^<>@]*<(?P<address>[^<>]+)>[\s;,]*")
_NEVER_SEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


class InvalidAddress(ValueError):
    """An address that no server would take; says why, to the person who wrote it."""


@dataclass(frozen=True)
class Address:
    """An e-mail address that any server takes, and the form that it is compared by."""

    shown: str
    key: str

    def __str__(self) -> str:
        return self.shown

    @property
    def domain(self) -> str:
        return self.key.rpartition("@")[2]


def normalise(text: str) -> Address:
    """Read an address as people type or paste it.

    ``A@X.FR`` and ``a@x.fr`` have the same key, as a domain with accents and its ASCII
    twin; ``a+lettre@x.fr`` is another address than ``a@x.fr``. Names reserved for examples
    and tests are addresses like any other.
    """
    typed = _trim(text[:_LONGEST_READ])
    _refuse_at_sight(typed)
    try:
        # ``strict`` measures the local part; « test environment » accepts ``.test``.
        read = validate_email(typed, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        raise InvalidAddress(_not_an_address()) from error
    if "." not in read.ascii_domain:
        raise InvalidAddress(_not_an_address())
    local, domain = read.local_part, read.ascii_domain
    return Address(shown=f"{local}@{domain}", key=f"{local.casefold()}@{domain}")


def bare_address(text: str) -> str:
    """The address alone, out of what mail programs and pages copy with it: for files, not forms.

    >>> bare_address("Léa Essai <lea@asso.example>")
    'lea@asso.example'
    >>> bare_address("mailto:lea@asso.example?subject=Bonjour")
    'lea@asso.example'
    """
    typed = _trim(text)
    if named := _NAMED.fullmatch(typed):
        typed = _trim(named["address"])
    if typed[: len(_LINK)].lower() == _LINK:
        typed = unquote(typed[len(_LINK) :].partition("?")[0])
    return _trim(typed)


def hash_of(key: str) -> str:
    """What is kept of an address when the address itself must be forgotten.

    Without the secret nobody can try addresses against it. A secret of its own
    (``PORTAL_HASH_KEY``) outlives a change of ``SECRET_KEY``.
    """
    secret = settings.PORTAL_HASH_KEY or settings.SECRET_KEY
    return salted_hmac("portal.mail.address", key, secret=secret, algorithm="sha256").hexdigest()


def _trim(text: str) -> str:
    """Take away the blanks, visible or not, that come with a copied text."""
    text = unicodedata.normalize("NFC", text)
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(char: str) -> bool:
    return char in "\t\r\n" or unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cf")


def _refuse_at_sight(typed: str) -> None:
    """The refusals that deserve a sentence of their own."""
    local, at, domain = typed.rpartition("@")
    if not typed:
        raise InvalidAddress(_("Écrivez une adresse e-mail."))
    if any(unicodedata.category(char) in _NEVER_SEEN for char in typed):
        raise InvalidAddress(
            _("Cette adresse contient un signe invisible. Tapez-la au lieu de la coller.")
        )
    if len(typed) > LONGEST or len(local) > LONGEST_LOCAL_PART:
        raise InvalidAddress(
            _("Cette adresse est trop longue : 64 signes au plus avant « @ », 254 en tout.")
        )
    if at and domain.startswith("["):
        raise InvalidAddress(
            _("Après « @ », écrivez un nom de domaine, et non une suite de chiffres.")
        )
    if at and not local.isascii():
        raise InvalidAddress(
            _(
                "Cette adresse contient un accent ou un signe spécial avant « @ » : beaucoup de "
                "serveurs la refusent. Écrivez une adresse sans accent."
            )
        )


def _not_an_address() -> str:
    return _("Cette adresse n’est pas complète. Exemple : prenom@domaine.example")
