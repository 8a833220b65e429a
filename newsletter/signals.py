"""Cached parts of the letter's pages, cleared with their source; letters held after a restore."""

from django.db.models.signals import post_delete, post_save

from newsletter.models import LetterSettings
from newsletter.services.restored import hold_mailings
from portal.backups.signals import database_restored
from portal.cache.content_version import change_content_version

for signal in (post_save, post_delete):
    signal.connect(
        change_content_version, sender=LetterSettings, dispatch_uid=f"letter-settings-{id(signal)}"
    )

database_restored.connect(hold_mailings, dispatch_uid="hold-mailings")
