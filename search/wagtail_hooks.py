from wagtail.snippets.models import register_snippet

from search.lexicon_admin import LexiconViewSet

register_snippet(LexiconViewSet)
