from django.db.models.signals import post_delete, post_save

from portal.base.glossary import forget_lexicons
from portal.base.models import GlossaryTerm

for signal in (post_save, post_delete):
    signal.connect(forget_lexicons, sender=GlossaryTerm, dispatch_uid=f"lexicon-{id(signal)}")
