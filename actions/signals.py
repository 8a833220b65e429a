"""A published action keeps the day on which its state changed."""

from typing import Any

from django.utils import timezone

from wagtail.signals import page_published

from actions.models import ActionPage
from actions.status_history import note_status
from portal.translations.following import is_source


def _on_published(instance: ActionPage, **_: Any) -> None:
    if is_source(instance):
        note_status(instance, timezone.localdate())


page_published.connect(_on_published, sender=ActionPage, dispatch_uid="action-status")
