from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletter.bounces.mailbox import MOST_AT_ONCE, MailboxAway, describe_outcomes, read_mailbox


class Command(BaseCommand):
    """To try the mailbox by hand: what the worker does by itself every ten minutes."""

    help = "Lit la boîte des retours : messages qui reviennent, plaintes, désinscriptions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--most", type=int, default=MOST_AT_ONCE, help=f"messages au plus ({MOST_AT_ONCE})"
        )

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        if not settings.PORTAL_BOUNCE_MAILBOX:
            raise CommandError("PORTAL_BOUNCE_URL est vide : le portail n’a pas de boîte à lire.")
        try:
            found = read_mailbox(most)
        except MailboxAway as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(describe_outcomes(found) or "Rien de nouveau.")
