"""Items of the roadmap and the directory that the digest proposes to the letter."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import Locale

from actions.models import ActionNote, ActionPage
from newsletter.digest_registry import DigestChange, register_digest_source
from resources.choices import EntryStatus
from resources.models import ResourcePage


def actions(since: datetime) -> Iterator[DigestChange]:
    """Actions published or changed, except those whose public note is proposed instead."""
    told_by_notes = {note.page_id for note in _public_notes(since)}
    published = ActionPage.objects.live().public().without_examples()
    published = published.filter(locale=Locale.get_default())
    changed = published.filter(last_published_at__gte=since).for_list().in_order()
    for page in changed:
        if page.pk not in told_by_notes:
            yield DigestChange(
                key=f"action:{page.pk}",
                title=page.title,
                detail=f"{_new_or_changed(page, since)}, {page.status_label}",
                when=timezone.localdate(page.last_published_at),
                block_type="action",
                block_value=_action_block(page, ""),
                page_id=page.pk,
            )


def notes(since: datetime) -> Iterator[DigestChange]:
    """Public notes of the journal of actions; the others never leave it."""
    found = list(_public_notes(since))
    pages = ActionPage.objects.for_list().in_bulk([note.page_id for note in found])
    for note in found:
        words = f"{note.title}. {note.text}".strip(" .") if note.text else note.title
        yield DigestChange(
            key=f"note:{note.pk}",
            title=note.title,
            detail=note.page.title,
            when=note.date,
            block_type="action",
            block_value=_action_block(pages[note.page_id], f"{words.rstrip('.')}."),
        )


def entries(since: datetime) -> Iterator[DigestChange]:
    """Entries of the directory that are new or changed; never an example, never a closed place."""
    published = ResourcePage.objects.exportable().exclude(status=EntryStatus.CLOSED)
    changed = published.filter(locale=Locale.get_default(), last_published_at__gte=since)
    for page in changed.select_related("type", "commune").order_by("title"):
        commune = page.public_commune
        place = [page.type.name, commune.name if commune else "", _new_or_changed(page, since)]
        yield DigestChange(
            key=f"entry:{page.pk}",
            title=page.title,
            detail=", ".join(filter(None, place)),
            when=timezone.localdate(page.last_published_at),
            block_type="entries",
            block_value={"page": page.pk, "text": ""},
            page_id=page.pk,
        )


def _public_notes(since: datetime) -> Any:
    shown = ActionPage.objects.live().public().without_examples()
    shown = shown.filter(locale=Locale.get_default())
    notes = ActionNote.objects.filter(is_public=True, date__gte=timezone.localdate(since))
    return notes.filter(page__in=shown).select_related("page").order_by("-date", "pk")


def _action_block(page: Any, text: str) -> dict[str, Any]:
    """The block of an action, with its state written down: the letter shows what was true then."""
    return {"page": page.pk, "text": text, "state": page.status_label}


def _new_or_changed(page: Any, since: datetime) -> str:
    is_new = page.first_published_at and page.first_published_at >= since
    return _("nouvelle fiche") if is_new else _("fiche modifiée")


register_digest_source("actions", gettext_lazy("Actions nouvelles ou modifiées"), actions, rank=20)
register_digest_source("notes", gettext_lazy("Journal des actions"), notes, rank=25)
register_digest_source(
    "entries", gettext_lazy("Annuaire : fiches nouvelles ou modifiées"), entries, rank=30
)
