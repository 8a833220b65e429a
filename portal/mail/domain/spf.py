"""Who may send for a domain (SPF, RFC 7208): read the record as a receiver would."""

import ipaddress
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records

LOOKUPS_ALLOWED = 10
_TERM = re.compile(r"([+?~-]?)([a-z0-9._-]+)(?:([:=/])(.*))?", re.I)
_ASKING = ("include", "a", "mx", "ptr", "exists")
_SILENT = ("all", "ip4", "ip6")


@dataclass
class Reading:
    """What following a record to its end told."""

    lookups: int = 0
    #: What happens to everybody else: « - » refused, « ~ » doubted, « ? » and « + » accepted.
    otherwise: str = ""
    unknown: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)


def spf_records(records: Records, domain: str) -> list[str]:
    return [text for text in records.txt(domain) if re.match(r"v=spf1(\s|$)", text, re.I)]


def follow(records: Records, domain: str, text: str) -> Reading:
    """Read a record and all those that it points to, until it is certainly too long."""
    reading = Reading()
    reading.otherwise = _read(records, text, reading, (domain,))
    return reading


def _read(records: Records, text: str, reading: Reading, path: tuple[str, ...]) -> str:
    otherwise, redirect = "", ""
    for term in text.split()[1:]:
        sign, name, mark, value = _split(term)
        if not _is_understood(name, mark, value):
            reading.unknown.append(term)
        elif name == "all":
            otherwise = sign or "+"
        elif name == "redirect":
            redirect = value
        elif name in _ASKING and mark != "=":
            reading.lookups += 1
            if name == "include":
                _enter(records, value, reading, path)
    if redirect and not otherwise:
        reading.lookups += 1
        otherwise = _enter(records, redirect, reading, path)
    return otherwise


def _split(term: str) -> tuple[str, str, str, str]:
    found = _TERM.fullmatch(term)
    if not found:
        return "", "", "", ""
    return found[1], found[2].lower(), found[3] or "", found[4] or ""


def _is_understood(name: str, mark: str, value: str) -> bool:
    if mark == "=":  # A modifier; those that nobody knows are skipped.
        return name not in (*_ASKING, *_SILENT) and bool(value or name not in ("redirect", "exp"))
    if name in ("ip4", "ip6"):
        return _is_network(value, version=int(name[-1]))
    if name in ("include", "exists"):
        return mark == ":" and bool(value)
    return name in ("a", "mx", "ptr") or (name == "all" and not mark)


def _is_network(value: str, version: int) -> bool:
    try:
        return ipaddress.ip_network(value, strict=False).version == version
    except ValueError:
        return False


def _enter(records: Records, name: str, reading: Reading, path: tuple[str, ...]) -> str:
    """Follow a record that another one points to."""
    if reading.lookups > LOOKUPS_ALLOWED or "%" in name:
        return ""  # Already too long, or a name that depends on each message.
    name = name.lower().rstrip(".")
    found = spf_records(records, name)
    if len(found) != 1 or name in path:
        reading.dead_ends.append(name)
        return ""
    return _read(records, found[0], reading, (*path, name))


def check_spf(records: Records, domain: str) -> Finding:
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
    return _say(domain, follow(records, domain, found[0]))


def _say(domain: str, reading: Reading) -> Finding:
    problem = _problem(reading)
    if problem:
        return Finding("SPF", State.BAD, *problem)
    if reading.otherwise not in ("-", "~"):
        return Finding(
            "SPF",
            State.WARN,
            _("L’enregistrement SPF ne dit pas que faire des autres serveurs."),
            _("Sur {domain}, terminez l’enregistrement « v=spf1 … » par « ~all ».").format(
                domain=domain
            ),
        )
    sentence = _("Les serveurs autorisés sont déclarés ({count} questions au DNS sur {most}).")
    return Finding("SPF", State.OK, sentence.format(count=reading.lookups, most=LOOKUPS_ALLOWED))


def _problem(reading: Reading) -> tuple[str, str] | None:
    if reading.unknown:
        return (
            _(
                "L’enregistrement SPF contient « {term} », que les serveurs ne comprennent pas."
            ).format(term=reading.unknown[0][:60]),
            _("Corrigez ou retirez ce mot : à cause de lui, tout l’enregistrement est ignoré."),
        )
    if reading.dead_ends:
        return (
            _("L’enregistrement SPF renvoie à {name}, qui n’en a pas.").format(
                name=reading.dead_ends[0]
            ),
            _("Retirez ce renvoi, ou demandez au service concerné le nom exact."),
        )
    if reading.lookups > LOOKUPS_ALLOWED:
        return (
            _(
                "L’enregistrement SPF demande plus de {most} questions au DNS : il est ignoré."
            ).format(most=LOOKUPS_ALLOWED),
            _(
                "Retirez les « include: » des services que vous n’utilisez plus, et le mot « ptr » "
                "s’il y est."
            ),
        )
    if reading.otherwise == "+":
        return (
            _("L’enregistrement SPF autorise tout le monde à écrire en votre nom."),
            _("Remplacez « +all » (ou « all ») par « ~all »."),
        )
    return None
