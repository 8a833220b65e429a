"""Signals of the home app: cached figures after a change; contact messages mailed or deleted.

The glossary page and the pages of needs tell their addresses here.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import ContactMessage, ContactPage, GlossaryPage, NeedPage
from portal.cache.content_version import change_content_version
from portal.crisis.needs import register_need_pages
from portal.glossary.explanations import clear_glossary_cache, register_glossary_url
from portal.mail.models import OutgoingMessage
from portal.mail.sender import message_sent


def _on_model_change(sender: type[Model], **_: Any) -> None:
    if sender._meta.app_label == "actions" or sender is ContactPage:
        change_content_version()


def _on_page_change(sender: type[Page], **_: Any) -> None:
    if issubclass(sender, GlossaryPage):
        clear_glossary_cache()


def _glossary_url(language: str) -> str:
    page = GlossaryPage.objects.live().filter(locale__language_code=language).first()
    return (page.url or "") if page else ""


def _on_message_sent(message: OutgoingMessage, **_: Any) -> None:
    """Write on a contact message that the mail server has taken it."""
    ContactMessage.objects.filter(outgoing=message).update(mailed_at=message.finished_at)


def _on_contact_message_delete(instance: ContactMessage, **_: Any) -> None:
    """Remove from the queue the mail of a deleted contact message."""
    if instance.outgoing_id is not None:
        OutgoingMessage.objects.filter(pk=instance.outgoing_id).delete()


register_glossary_url(_glossary_url)
register_need_pages(NeedPage.links)
message_sent.connect(_on_message_sent, dispatch_uid="home-contact-sent")
post_delete.connect(
    _on_contact_message_delete, sender=ContactMessage, dispatch_uid="home-contact-deleted"
)
for signal in (post_save, post_delete, m2m_changed):
    signal.connect(_on_model_change, dispatch_uid="home-roadmap")
for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(_on_page_change, dispatch_uid="home-pages")
for signal in (post_save, post_delete):
    signal.connect(clear_glossary_cache, sender=GlossaryPage, dispatch_uid="home-lexicon")
