import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from portal.mail.addresses import InvalidAddress, normalise
from portal.privacy.registry import Item, PersonalDataSource, find_person
from portal.text.date_format import format_date


class Command(BaseCommand):
    """Export a person's data on request (right of access, article 15 of the GDPR)."""

    help = "Montre tout ce que le portail garde au sujet d’une adresse e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESSE")
        parser.add_argument("--json", type=Path, metavar="FICHIER", help="l’écrit aussi en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address = normalise(options["address"])
        except InvalidAddress as mistake:
            raise CommandError(str(mistake)) from mistake
        found = find_person(address.key)
        day = format_date(timezone.localdate())
        self.stdout.write(f"Ce que le portail sait de {address.shown}, le {day}.")
        for source, items in found.items():
            self.write_source(source, items)
        if options["json"]:
            self.write_json(options["json"], address.shown, found)

    def write_source(self, source: PersonalDataSource, items: list[Item]) -> None:
        self.stdout.write(f"\n{source.label} : {len(items) or 'rien'}")
        for item in items:
            for term, value in item.items():
                self.stdout.write(f"  {term} : {in_words(value)}")
            self.stdout.write("")

    def write_json(
        self, file: Path, shown: str, found: dict[PersonalDataSource, list[Item]]
    ) -> None:
        content = {
            "adresse": shown,
            "date": timezone.localdate(),
            "donnees": {str(source.label): items for source, items in found.items()},
        }
        # Only who asked for it reads it.
        file.touch(mode=0o600)
        file.write_text(
            json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n",
            encoding="utf-8",
        )


def in_words(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if hasattr(value, "hour"):
        local = timezone.localtime(value)
        return f"{format_date(local.date())} à {local:%H:%M}"
    return format_date(value) if hasattr(value, "year") else str(value)
