"""What editors change in the lexicon is understood at once."""

from django.db.models.signals import post_delete, post_save

from portal.base.kept import forget_all
from search.models import LexiconEntry

for signal in (post_save, post_delete):
    signal.connect(forget_all, sender=LexiconEntry, dispatch_uid=f"search-words-{id(signal)}")
