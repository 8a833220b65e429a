"""Who may send for a domain (SPF, RFC 7208): one record, and what it says of everybody else.

What the record points to (``include``, ``redirect``) is not followed: counting the lookups of
a receiver is the affair of the sending service that gave the record.
"""

import re

from django.utils.translation import gettext as _

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records

_VERSION = re.compile(r"v=spf1(\s|$)", re.IGNORECASE)
_ALL = re.compile(r"([+?~-]?)all", re.IGNORECASE)
_REDIRECT = re.compile(r"redirect=\S+", re.IGNORECASE)
# A mechanism, or a modifier: receivers skip the modifiers that they do not know.
_TERM = re.compile(
    r"[+?~-]?(all|(include|exists|ip4|ip6):\S+|(a|mx|ptr)([:/]\S*)?)|[a-z][a-z0-9._-]*=\S+",
    re.IGNORECASE,
)


def spf_records(records: Records, domain: str) -> list[str]:
    """The TXT records of ``domain`` that are SPF: receivers ignore them all when two are there."""
    return [text for text in records.txt(domain) if _VERSION.match(text)]


def check_spf(records: Records, domain: str) -> Finding:
    """Presence, uniqueness, and the policy for servers that the record does not name."""
    found = spf_records(records, domain)
    if not found:
        return Finding(
            "SPF",
            State.BAD,
            _("Rien ne dit qui peut envoyer du courrier pour ce domaine."),
            _(
                "Ajoutez un enregistrement TXT à {domain} : « v=spf1 mx include:X ~all », où X est "
                "le nom que donne votre service d’envoi (sans lui, « v=spf1 mx ~all »)."
            ).format(domain=domain),
        )
    if len(found) > 1:
        return Finding(
            "SPF",
            State.BAD,
            _("Il y a {count} enregistrements SPF : les serveurs n’en lisent alors aucun.").format(
                count=len(found)
            ),
            _(
                "Gardez un seul enregistrement TXT « v=spf1 … » sur {domain}, qui réunit ce que "
                "disent les autres, et supprimez ceux-ci."
            ).format(domain=domain),
        )
    return _check_policy(domain, found[0].split()[1:])


def _check_policy(domain: str, terms: list[str]) -> Finding:
    unknown = [term for term in terms if not _TERM.fullmatch(term)]
    if unknown:
        return Finding(
            "SPF",
            State.BAD,
            _(
                "L’enregistrement SPF contient « {term} », que les serveurs ne comprennent pas."
            ).format(term=unknown[0][:60]),
            _("Corrigez ou retirez ce mot : à cause de lui, tout l’enregistrement est ignoré."),
        )
    policies = [match[1] or "+" for term in terms if (match := _ALL.fullmatch(term))]
    if not policies and any(_REDIRECT.fullmatch(term) for term in terms):
        return Finding("SPF", State.OK, _("L’enregistrement SPF renvoie à celui de votre service."))
    policy = policies[0] if policies else "?"
    if policy == "+":
        return Finding(
            "SPF",
            State.BAD,
            _("L’enregistrement SPF autorise tout le monde à écrire en votre nom."),
            _("Remplacez « +all » (ou « all ») par « ~all »."),
        )
    if policy == "?":
        return Finding(
            "SPF",
            State.WARN,
            _("L’enregistrement SPF ne dit pas que faire des autres serveurs."),
            _("Sur {domain}, terminez l’enregistrement « v=spf1 … » par « ~all ».").format(
                domain=domain
            ),
        )
    return Finding("SPF", State.OK, _("Les serveurs autorisés sont déclarés."))
