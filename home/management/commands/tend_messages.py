from typing import Any

from django.core.management.base import BaseCommand

from home.services import tend_messages


class Command(BaseCommand):
    help = "Envoie les messages que la messagerie avait refusés, efface ceux qui ont eu réponse."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, forgotten = tend_messages()
        self.stdout.write(f"Messages envoyés : {sent}. Messages effacés : {forgotten}.")
