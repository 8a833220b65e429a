"""What the pages keep in the cache is read anew when it changes."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import ContactPage, GlossaryPage
from portal.base.cached import forget_all
from portal.base.glossary import forget_lexicons


def _on_model_change(sender: type[Model], **_: Any) -> None:
    if sender._meta.app_label == "actions" or sender is ContactPage:
        forget_all()


def _on_page_change(sender: type[Page], **_: Any) -> None:
    if issubclass(sender, GlossaryPage):
        forget_lexicons()


for signal in (post_save, post_delete, m2m_changed):
    signal.connect(_on_model_change, dispatch_uid="home-roadmap")
for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(_on_page_change, dispatch_uid="home-pages")
for signal in (post_save, post_delete):
    signal.connect(forget_lexicons, sender=GlossaryPage, dispatch_uid="home-lexicon")
