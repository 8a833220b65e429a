"""The page that ``manage.py security_report`` prints: what protects this portal, what is open."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import gettext as _

import wagtail

from portal.security.advisories import Snapshot
from portal.security.components import differing_versions, locked_versions
from portal.sign_in.second_factor import count_accounts

#: The headers that the report shows, on a page of readers and on one of the editor.
HEADERS = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
)
SIGN_IN_LIMITS = (
    "wrong_passwords",
    "wrong_passwords_at_known_place",
    "wrong_passwords_of_network",
    "wrong_codes",
    "sign_in_messages_an_hour",
    "sign_in_messages_a_day",
    "messages_to_unknown_address",
)


@dataclass
class Report:
    """Lines in French, by section, and what somebody should do."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"# {_('Sécurité du portail')}"]
        for title, lines in self.sections.items():
            parts += ["", f"## {title}", *(f"- {line}" for line in lines)]
        still = [f"- {line}" for line in self.open] or [_("Rien.")]
        return "\n".join([*parts, "", f"## {_('Ce qui reste ouvert')}", *still])


def make_report(today: date, snapshot: Snapshot | None) -> Report:
    report = Report()
    report.sections[_("Versions")] = list(_versions(report))
    report.sections[_("Avis de sécurité")] = list(_advisories(report, today, snapshot))
    report.sections[_("Comptes de l’éditeur")] = list(_accounts(report))
    report.sections[_("Limites de la connexion")] = list(_limits())
    for title, address in ((_("Lecture"), "/healthz"), (_("Éditeur"), "/admin/")):
        report.sections[_("En-têtes : %s") % title] = list(_headers(address))
    for message in run_checks(include_deployment_checks=True):
        if message.level >= WARNING and not message.is_silenced():
            report.open.append(f"{message.id} : {message.msg}")
    return report


def _versions(report: Report) -> Iterator[str]:
    frames = f"Django {django.__version__}, Wagtail {wagtail.__version__}"
    yield f"Python {platform.python_version()}, {frames}"
    with connection.cursor():
        version = ".".join(map(str, connection.get_database_version()))
    yield f"{connection.display_name} {version}"
    yield _("%d bibliothèques dans uv.lock") % len(locked_versions(settings.BASE_DIR))
    for name, (runs, locked) in differing_versions(settings.BASE_DIR).items():
        report.open.append(
            _("%(name)s : la version installée est %(runs)s, celle de uv.lock %(locked)s.")
            % {"name": name, "runs": runs, "locked": locked}
        )


def _advisories(report: Report, today: date, snapshot: Snapshot | None) -> Iterator[str]:
    again = _("Lancez « make audit » sur une machine reliée à Internet.")
    if snapshot is None:
        yield _("Jamais relevés.")
        report.open.append(_("Les avis de sécurité n’ont jamais été relevés.") + " " + again)
        return
    yield _("Relevés le %(day)s par %(tool)s.") % {
        "day": date_format(snapshot.day, "j F Y"),
        "tool": snapshot.tool,
    }
    if snapshot.found:
        yield snapshot.text
        report.open.append(_("Une bibliothèque a un avis de sécurité : mettez-la à jour."))
    else:
        yield _("Aucun avis pour ces versions.")
    if not snapshot.is_fresh(today):
        report.open.append(_("Les avis de sécurité datent de plus d’un mois.") + " " + again)


def _accounts(report: Report) -> Iterator[str]:
    counts = count_accounts()
    yield _("%(editors)d comptes ouvrent l’éditeur, dont %(protected)d ont une deuxième étape.") % {
        "editors": counts.editors,
        "protected": counts.protected,
    }
    yield _("%d peuvent tout (administration).") % counts.superusers
    if settings.SECOND_FACTOR_REQUIRED:
        yield _("La deuxième étape est exigée : sans elle, un compte n’ouvre rien.")
    else:
        report.open.append(_("La deuxième étape n’est pas exigée : c’est le réglage d’un essai."))
    if counts.editors > counts.protected:
        report.open.append(
            _("%d comptes n’ont pas encore choisi leur deuxième étape.")
            % (counts.editors - counts.protected)
        )
    if counts.superusers > 1:
        report.open.append(
            _("%d comptes peuvent tout : un seul suffit, pas pour tous les jours.")
            % counts.superusers
        )


def _limits() -> Iterator[str]:
    for name in SIGN_IN_LIMITS:
        rate = settings.RATE_LIMITS[name]
        minutes = int(rate.period.total_seconds() // 60)
        yield _("%(name)s : %(amount)d par %(minutes)d minutes") % {
            "name": name,
            "amount": rate.amount,
            "minutes": minutes,
        }


def _headers(address: str) -> Iterator[str]:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    answer = Client(SERVER_NAME=host).get(address, secure=True)
    for name in HEADERS:
        yield f"{name} : {answer.headers.get(name, _('absent'))}"
