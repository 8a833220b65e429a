"""Signals that clear the cached parts of the letter's pages when their source changes."""

from django.db.models.signals import post_delete, post_save

from newsletter.models import LetterSettings
from portal.base.cached import invalidate_all

for signal in (post_save, post_delete):
    signal.connect(
        invalidate_all, sender=LetterSettings, dispatch_uid=f"letter-settings-{id(signal)}"
    )
