"""The public key that a domain's messages are signed with (DKIM, RFC 6376)."""

import base64
import binascii
import re

from django.utils.translation import gettext as _

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records
from portal.mail.domain.tags import tags_of

ED25519 = "ed25519"
SHORTEST_KEY = 1024
ADVISED_KEY = 2048


class Unreadable(ValueError):
    """Not a key: cut in two, mistyped, or of an unknown kind."""


def key_size(tags: dict[str, str]) -> int:
    """How many bits an RSA key has; those of an Ed25519 key are always 256."""
    try:
        content = base64.b64decode(re.sub(r"\s", "", tags.get("p", "")), validate=True)
        if tags.get("k", "rsa").lower() == ED25519:
            return _size_of_ed25519(content)
        key = load_der_public_key(content)
    except (binascii.Error, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unreadable("not base64, or not a key") from error
    if not isinstance(key, RSAPublicKey):
        raise Unreadable("not an RSA key")
    return key.key_size


def _size_of_ed25519(content: bytes) -> int:
    if len(content) != 32:
        raise Unreadable("an Ed25519 key has 32 bytes")
    return 256


def check_dkim(records: Records, domain: str, selector: str) -> Finding:
    # People paste the whole name of the record.
    selector = selector.strip().split("._domainkey")[0]
    if not selector:
        return Finding(
            "DKIM",
            State.BAD,
            _("On ne sait pas sous quel nom vos messages sont signés."),
            _(
                "Demandez à votre service d’envoi : « Quel est le sélecteur DKIM de {domain} ? » "
                "Puis écrivez-le dans le réglage DKIM_SELECTOR, ou après --selector."
            ).format(domain=domain),
        )
    place = f"{selector}._domainkey.{domain}"
    keys = [tags for text in records.txt(place) if "p" in (tags := tags_of(text))]
    ask = _(
        "Demandez à votre service d’envoi la clé DKIM de {domain}, et à votre hébergeur de "
        "l’écrire telle quelle à {place} (TXT ou CNAME, selon le service)."
    ).format(domain=domain, place=place)
    if not keys:
        sentence = _("Aucune clé à {place}.").format(place=place)
        return Finding("DKIM", State.BAD, sentence, ask)
    if not keys[0]["p"]:
        sentence = _("La clé qui est à {place} a été retirée : elle est vide.").format(place=place)
        return Finding("DKIM", State.BAD, sentence, ask)
    return _read_key(keys[0], ask)


def _read_key(tags: dict[str, str], ask: str) -> Finding:
    try:
        size = key_size(tags)
    except Unreadable:
        sentence = _("La clé DKIM est illisible : il en manque sans doute un morceau.")
        return Finding("DKIM", State.BAD, sentence, ask)
    is_elliptic = tags.get("k", "").lower() == ED25519
    if size < SHORTEST_KEY and not is_elliptic:
        sentence = _("La clé DKIM est trop courte ({size} bits) : elle est ignorée.")
        return Finding("DKIM", State.BAD, sentence.format(size=size), ask)
    if "y" in tags.get("t", "").split(":"):
        sentence = _("La clé DKIM est encore à l’essai : les serveurs n’en tiennent pas compte.")
        return Finding("DKIM", State.WARN, sentence, _("Retirez « t=y » de cet enregistrement."))
    if is_elliptic or size < ADVISED_KEY:
        sentence = _(
            "Les messages sont signés, d’une clé que tous les serveurs ne lisent pas ou "
            "jugent courte."
        )
        return Finding("DKIM", State.WARN, sentence, _("Demandez une clé RSA de 2048 bits."))
    sentence = _("Les messages sont signés, avec une clé de {size} bits.")
    return Finding("DKIM", State.OK, sentence.format(size=size))
