"""Signals that invalidate the cache when what it holds changes."""

from django.db.models.signals import post_delete, post_save

from wagtail.models import Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.base.left_out import forget_left_out
from portal.base.models import PortalSettings
from portal.cache.content_version import change_content_version

for signal in (post_save, post_delete):
    for model in (PortalSettings, Site):
        signal.connect(
            change_content_version, sender=model, dispatch_uid=f"kept-{id(signal)}-{model.__name__}"
        )
for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(change_content_version, dispatch_uid=f"kept-{id(signal)}")
page_published.connect(forget_left_out, dispatch_uid="left-out")
