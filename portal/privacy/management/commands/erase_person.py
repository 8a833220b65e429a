from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.mail.addresses import InvalidAddress, normalise
from portal.privacy.registry import (
    addresses_of,
    erase_person,
    find_person,
    personal_data_sources,
)
from portal.privacy.traces import describe_traces, find_traces


class Command(BaseCommand):
    """Erase a person's data on request (right to erasure, article 17 of the GDPR)."""

    help = "Efface tout ce que le portail garde au sujet d’une adresse e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESSE")
        parser.add_argument("--yes", action="store_true", help="n’attend pas de confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = normalise(options["address"]).key
        except InvalidAddress as mistake:
            raise CommandError(str(mistake)) from mistake
        for source, items in find_person(key).items():
            self.stdout.write(f"{source.label} : {len(items) or 'rien'}")
        if not options["yes"] and input("Tout effacer ? Tapez oui : ").strip().lower() != "oui":
            raise CommandError("Rien n’a été effacé.")
        addresses = addresses_of(key)
        done = erase_person(key)
        labels = {source.name: source.label for source in personal_data_sources()}
        for name, count in done.counts.items():
            if count:
                self.stdout.write(f"Effacé : {labels[name]} ({count})")
        self.look_again(addresses, done.kept)

    def look_again(self, addresses: list[str], kept: list[str]) -> None:
        """Print what an editor still has to do by hand, such as a page that shows the address."""
        traces = [describe_traces(trace) for one in addresses for trace in find_traces(one)]
        left = [*kept, *traces]
        if left:
            raise CommandError("\n".join(["L’adresse reste ici, à retirer à la main :", *left]))
        self.stdout.write("L’adresse n’est plus nulle part dans la base.")
