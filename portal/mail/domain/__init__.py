"""Whether the mail of a domain will be believed, and what to ask its host when it won't."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

import dns.resolver

from portal.mail.addresses import InvalidAddress, normalise
from portal.mail.domain.dkim import check_dkim
from portal.mail.domain.dmarc import check_dmarc
from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import NoAnswer, Records
from portal.mail.domain.servers import check_mx, check_ptr
from portal.mail.domain.spf import check_spf

TRANSLATED = False  # see portal.translations.catalogues

__all__ = ["Finding", "NotADomain", "State", "ascii_domain", "check_domain", "is_passing"]


class NotADomain(ValueError):
    """Not a name that mail could come from."""


def check_domain(
    domain: str,
    selector: str = "",
    resolver: dns.resolver.Resolver | None = None,
    server: str = "",
) -> list[Finding]:
    """Ask the DNS what receivers will ask it, and say it in plain words.

    ``selector`` is the name that messages are signed with; ``server`` our own mail server,
    when there is one. Nothing is asked of anybody else than the DNS.
    """
    domain = ascii_domain(domain)
    records = Records(resolver)
    questions: list[tuple[str, Callable[[], Finding]]] = [
        ("MX", lambda: check_mx(records, domain)),
        ("SPF", lambda: check_spf(records, domain)),
        ("DKIM", lambda: check_dkim(records, domain, selector)),
        ("DMARC", lambda: check_dmarc(records, domain)),
    ]
    if server:
        questions.append(("PTR", lambda: check_ptr(records, server)))
    return [_ask(name, question) for name, question in questions]


def is_passing(findings: Sequence[Finding]) -> bool:
    """Whether letters may leave: something was looked at, and nothing is bad."""
    return bool(findings) and all(finding.state != State.BAD for finding in findings)


def ascii_domain(domain: str) -> str:
    """The domain as the DNS knows it."""
    try:
        return normalise(f"postmaster@{domain.strip()}").domain
    except InvalidAddress as error:
        raise NotADomain(_("Ce n’est pas un nom de domaine.")) from error


def _ask(name: str, question: Callable[[], Finding]) -> Finding:
    try:
        return question()
    except NoAnswer:
        return Finding(
            name,
            # A missing PTR stops no letter: not knowing doesn't either.
            State.WARN if name == "PTR" else State.BAD,
            _("Pas de réponse du DNS : impossible de savoir."),
            _(
                "Recommencez dans quelques minutes. Si cela dure, dites à votre hébergeur que les "
                "serveurs DNS du domaine ne répondent pas."
            ),
        )
