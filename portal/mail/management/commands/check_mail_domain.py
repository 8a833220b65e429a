from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.mail.domain import NotADomain, State, ascii_domain, check_domain, is_passing
from portal.mail.domain.own_domain import own_domain, own_server

MARKS = {State.OK: "✓", State.WARN: "!", State.BAD: "✗"}


class Command(BaseCommand):
    """For who prepares the domain with its host, before the first letter."""

    help = (
        "Vérifie ce que le DNS dit du domaine d’envoi (MX, SPF, DKIM, DMARC) et dit quoi demander "
        "à l’hébergeur. Le code de sortie est 0 quand rien n’empêche d’écrire."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "domain", nargs="?", default="", help="sans lui, celui de DEFAULT_FROM_EMAIL"
        )
        parser.add_argument(
            "--selector", default=None, help="sélecteur DKIM ; sans lui, celui de DKIM_SELECTOR"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["domain"] or own_domain()
        selector = settings.DKIM_SELECTOR if options["selector"] is None else options["selector"]
        try:
            domain = ascii_domain(asked)
        except NotADomain as error:
            raise CommandError(f"« {asked} » : {error}") from error
        findings = check_domain(domain, selector, server=own_server(domain))
        self.stdout.write(f"Le courrier de {domain}\n\n")
        for finding in findings:
            self.stdout.write(f"{MARKS[finding.state]} {finding.name}. {finding.sentence}")
            if finding.remedy:
                self.stdout.write(f"  → {finding.remedy}")
        if not is_passing(findings):
            raise CommandError("Ce domaine n’est pas prêt : des messages seraient refusés.")
        self.stdout.write(self.style.SUCCESS("\nCe domaine est prêt."))
