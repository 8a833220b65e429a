"""Signals that invalidate the cached glossary when a term changes."""

from django.db.models.signals import post_delete, post_save

from portal.glossary.explanations import clear_glossary_cache
from portal.glossary.models import GlossaryTerm

for signal in (post_save, post_delete):
    signal.connect(clear_glossary_cache, sender=GlossaryTerm, dispatch_uid=f"glossary-{id(signal)}")
