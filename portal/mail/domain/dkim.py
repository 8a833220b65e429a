"""Whether the public key that a domain's messages are signed with is published (DKIM, RFC 6376)."""

import base64
import binascii
import re

from django.utils.translation import gettext as _

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records
from portal.mail.domain.tags import tags_of


def check_dkim(records: Records, domain: str, selector: str) -> Finding:
    """A key under the selector, neither withdrawn, cut nor on trial; not judged further."""
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
    if not _is_base64(keys[0]["p"]):
        sentence = _("La clé DKIM est illisible : il en manque sans doute un morceau.")
        return Finding("DKIM", State.BAD, sentence, ask)
    if "y" in keys[0].get("t", "").split(":"):
        sentence = _("La clé DKIM est encore à l’essai : les serveurs n’en tiennent pas compte.")
        return Finding("DKIM", State.WARN, sentence, _("Retirez « t=y » de cet enregistrement."))
    return Finding("DKIM", State.OK, _("Les messages sont signés : leur clé est publiée."))


def _is_base64(key: str) -> bool:
    try:
        return bool(base64.b64decode(re.sub(r"\s", "", key), validate=True))
    except (binascii.Error, ValueError):
        return False
