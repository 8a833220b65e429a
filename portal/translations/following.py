"""A translation lives and dies with its source: facts, publication, privacy, deletion.

The source is the version in ``LANGUAGE_CODE``. All that is done here is done in the transaction of
what was done to the source.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone

from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Page, Revision, RevisionMixin
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from portal.base.revisions import publishable_revisions
from portal.cache.content_version import change_content_version
from portal.translations.models import TranslationState
from portal.translations.shared_fields import adopt_row_keys, copy_shared_fields
from portal.translations.texts import changed_paths, texts_of

#: Sent with ``instance``, a translation whose published row was changed to follow its source.
translation_updated = Signal()

_is_following: ContextVar[bool] = ContextVar("is_following", default=False)


def other_versions(instance: Any) -> list[Any]:
    """The versions of a page or a snippet in other languages: one query, and one a type of page.

    An easy-to-read version is a page of its own shape: its type may be another than its source's.
    """
    model = Page if isinstance(instance, Page) else type(instance)
    same = model._default_manager.filter(translation_key=instance.translation_key)
    same = same.exclude(pk=instance.pk).select_related("locale")
    return list(same.specific() if model is Page else same)


def is_source(instance: Any) -> bool:
    return bool(instance.locale.language_code == settings.LANGUAGE_CODE)


def is_public(instance: Any) -> bool:
    """Whether it is published; what has no drafts always is."""
    return not isinstance(instance, DraftStateMixin) or instance.live


def follow(instance: Any, user: Any = None) -> None:
    """Bring the versions of what was just published, or saved, to what the source says.

    ``instance`` is the source, and then each of its translations follows, or one translation, and
    then it alone does. ``user`` is who published it, when that is known.
    """
    if _is_following.get():  # it is saved below, to follow its source
        return
    token = _is_following.set(True)
    try:
        with transaction.atomic():
            _follow(instance, user)
    finally:
        _is_following.reset(token)


def _follow(instance: Any, user: Any) -> None:
    versions = other_versions(instance)
    if not versions:
        return
    user = user or get_active_log_context().user
    if is_source(instance):
        source, translations = instance, versions
    else:
        source, translations = next(filter(is_source, versions), None), [instance]
    if source is None:
        return
    if not is_public(source):
        take_down(translations)
        return
    own = [one for one in translations if getattr(one, "alias_of_id", None) is None]
    _follow_source(source, own, user, published=None if source is instance else instance)


def take_down(versions: Iterable[Any]) -> None:
    """Unpublish these versions of a source that is not public."""
    for version in versions:
        if isinstance(version, DraftStateMixin) and version.live:
            version.unpublish(user=get_active_log_context().user)


def _follow_source(source: Any, translations: list[Any], user: Any, published: Any) -> None:
    texts = texts_of(source)
    states = {state.object_id: state for state in TranslationState.objects.of(translations)}
    for translation in translations:
        state = states.get(translation.pk)
        if state is None:
            known = texts if published is translation else _texts_before(source) or texts
            state = start_state(translation, known)
        changed = changed_paths(state.source_texts, texts)
        if _copy_to(source, translation, changed):
            translation_updated.send(sender=type(translation), instance=translation)
            change_content_version()
        state.follow(texts, user)
        if translation is published:
            _note_reading(source, translation, state, user)
        state.save()
    if published is None:
        _refresh_translators_source(source)


def start_state(translation: Any, texts: dict[str, str]) -> TranslationState:
    """The state of a translation made from these texts of its source; not saved."""
    kind = ContentType.objects.get_for_model(type(translation).get_translation_model())
    return TranslationState(
        content_type=kind, object_id=translation.pk, read_texts=texts, source_texts=texts
    )


def _texts_before(source: Any) -> dict[str, str]:
    """What a source said before it was just published; empty when no revision tells."""
    revision = getattr(source, "live_revision", None)
    try:
        return texts_of(revision.get_previous().as_object()) if revision else {}
    except Revision.DoesNotExist:
        return {}


def _copy_to(source: Any, translation: Any, changed: list[str]) -> bool:
    """Write the facts of the source in what is public of a translation, and in its drafts."""
    if type(source) is not type(translation):
        return False  # its words are its own: it is only told that the source has changed
    differs = copy_shared_fields(source, translation, changed)
    if differs:
        if isinstance(translation, Page):
            if translation.live:
                # Readers and caches see that the page has changed.
                translation.last_published_at = timezone.now()
            translation.save(clean=False)
        else:
            translation.save()
    if isinstance(translation, RevisionMixin):
        _copy_to_revisions(source, translation, changed)
    return differs


def _copy_to_revisions(source: Any, translation: Any, changed: list[str]) -> None:
    """A draft, or what waits to be published, must not bring the old facts back."""
    for revision in publishable_revisions(translation):
        draft = revision.as_object()
        if copy_shared_fields(source, draft, changed):
            adopt_row_keys(draft, translation)
            content = draft.serializable_data()
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _note_reading(source: Any, translation: Any, state: TranslationState, user: Any) -> None:
    """What the publication of a translation tells of its text.

    On wagtail-localize's screen, each text that has a translation was read. A page that is written
    by hand says so by its date of proof-reading, or by the button of the review.
    """
    if state.changed_at is None:
        return
    is_by_strings = Translation.objects.filter(
        source__object_id=source.translation_key, target_locale=translation.locale_id, enabled=True
    )
    proofread_on = getattr(translation, "proofread_on", None)
    if is_by_strings.exists():
        done = _translated_paths(source, translation)
        known = {**state.read_texts, **{path: state.source_texts.get(path, "") for path in done}}
        state.read_texts = {path: known[path] for path in state.source_texts if known.get(path)}
        if state.read_texts == state.source_texts:
            state.mark_read(user)
    elif proofread_on and proofread_on >= timezone.localdate(state.changed_at):
        state.mark_read(user)


def _translated_paths(source: Any, translation: Any) -> set[str]:
    """The paths whose every string is translated."""
    translated = StringTranslation.objects.filter(
        translation_of=models.OuterRef("string"),
        context=models.OuterRef("context"),
        locale=translation.locale_id,
        has_error=False,
    )
    segments = StringSegment.objects.filter(
        source__object_id=source.translation_key, source__locale=source.locale_id
    )
    rows = segments.values_list("context__path", models.Exists(translated))
    missing = {path for path, is_done in rows if not is_done}
    return {path for path, _is_done in rows} - missing


def _refresh_translators_source(source: Any) -> None:
    """What wagtail-localize shows to translators, and copies facts from, is what is published."""
    kept = TranslationSource.objects.filter(
        object_id=source.translation_key, locale=source.locale_id
    ).first()
    if kept is not None:
        kept.update_from_db()
