from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.security.advisories import AuditFailed, take_snapshot


class Command(BaseCommand):
    """Where there is access to the internet; the file it writes is to be committed."""

    help = _(
        "Compare les bibliothèques de uv.lock aux avis de sécurité publiés, et date la réponse."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            snapshot = take_snapshot(timezone.localdate(), settings.BASE_DIR)
        except AuditFailed as reason:
            raise CommandError(
                _("Les avis n’ont pas pu être lus, rien n’est gardé : {}").format(reason)
            ) from reason
        self.stdout.write(snapshot.text)
        if snapshot.found:
            raise CommandError(_("Une bibliothèque a un avis de sécurité : mettez-la à jour."))
