from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.jobs import scheduled_publishing


class Command(BaseCommand):
    """Replaces Wagtail's command of this name, for existing crontabs; ``tick`` publishes too."""

    help = "Publie et dépublie les contenus dont l’heure est venue."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(
                scheduled_publishing.publish_scheduled() or "Rien à publier pour l’instant."
            )
        except scheduled_publishing.UnpublishFailed as reason:
            raise CommandError(str(reason)) from reason
