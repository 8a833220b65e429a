"""What to do of a message that only pretends to come from a domain (DMARC, RFC 9989)."""

from django.utils.translation import gettext as _

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records
from portal.mail.domain.tags import tags_of


def check_dmarc(records: Records, domain: str) -> Finding:
    place, found = _find_dmarc(records, domain)
    record = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    add = _("Ajoutez un enregistrement TXT à {place} : « {record} ».").format(
        place=place, record=record
    )
    if not found:
        return Finding(
            "DMARC",
            State.BAD,
            _("Rien ne dit que faire d’un message écrit en votre nom par un inconnu."),
            add,
        )
    if len(found) > 1:
        sentence = _("Il y a plusieurs enregistrements DMARC : les serveurs n’en lisent aucun.")
        return Finding(
            "DMARC", State.BAD, sentence, _("N’en gardez qu’un, à {place}.").format(place=place)
        )
    return _read_dmarc(tags_of(found[0]), place, is_parent=place != f"_dmarc.{domain}")


def _find_dmarc(records: Records, domain: str) -> tuple[str, list[str]]:
    """The record of the domain, or else of the nearest name above it (RFC 9989)."""
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        place = f"_dmarc.{'.'.join(labels[start:])}"
        found = [t for t in records.txt(place) if tags_of(t).get("v", "").upper() == "DMARC1"]
        if found:
            return place, found
    return f"_dmarc.{domain}", []


def _read_dmarc(tags: dict[str, str], place: str, is_parent: bool) -> Finding:
    policy = (tags.get("sp") if is_parent else None) or tags.get("p", "")
    if policy.lower() not in ("none", "quarantine", "reject"):
        return Finding(
            "DMARC",
            State.BAD,
            _("L’enregistrement DMARC ne dit pas que faire : « p= » manque, ou n’a pas de sens."),
            _(
                "À {place}, écrivez « p=none », puis « p=quarantine » après un mois sans ennui."
            ).format(place=place),
        )
    if not tags.get("rua", "").lower().startswith("mailto:"):
        return Finding(
            "DMARC",
            State.WARN,
            _("DMARC est en place, mais personne ne reçoit les comptes rendus."),
            _("À {place}, ajoutez « rua=mailto:une-adresse-que-vous-lisez ».").format(place=place),
        )
    if policy.lower() == "none":
        return Finding(
            "DMARC",
            State.WARN,
            _("DMARC observe sans protéger (p=none) : c’est bien pour commencer."),
            _("Après un mois sans ennui, écrivez « p=quarantine » à {place}.").format(place=place),
        )
    sentence = _("Un message écrit en votre nom par un inconnu est écarté (p={policy}).")
    return Finding("DMARC", State.OK, sentence.format(policy=policy.lower()))
