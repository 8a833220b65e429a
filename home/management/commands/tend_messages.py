from typing import Any

from django.core.management.base import BaseCommand

from home.services import tend_messages


class Command(BaseCommand):
    help = "Remet à l’envoi les messages que personne n’a pris, efface ceux qui ont eu réponse."

    def handle(self, *args: Any, **options: Any) -> None:
        queued, forgotten = tend_messages()
        self.stdout.write(f"Messages envoyés : {queued}. Messages effacés : {forgotten}.")
