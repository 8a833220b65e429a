"""A changed help line is shown at once: what is cached of the lines is invalidated."""

from django.db.models.signals import post_delete, post_save

from portal.cache.content_version import change_content_version
from portal.crisis.models import HelpLine

for signal in (post_save, post_delete):
    signal.connect(change_content_version, sender=HelpLine, dispatch_uid=f"help-lines-{id(signal)}")
