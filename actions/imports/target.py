"""Import target of action sheets: rows become drafts below the roadmap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import Locale, Page

from actions.imports.columns import BY_NAME, COLUMNS
from actions.imports.lookups import ActionLookups
from actions.models import ActionPage
from actions.roadmap.models import ActionIndexPage
from portal.geo.names import plain
from portal.imports.contract import (
    FieldValues,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
)
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.page_target import free_slug, page_errors, page_lock_reason

#: The key that the lookups have found, and what is made from the reference.
_KNOWN = ("priority", "sort_reference")


@dataclass
class ActionSnapshot:
    """An action as an editor sees it: its latest draft, or its published version."""

    page: ActionPage
    draft: ActionPage
    values: FieldValues

    @property
    def pk(self) -> int:
        return int(self.page.pk)


class ActionTarget(ImportTarget):
    """Target that matches a row with the action of its reference."""

    model: ClassVar[type[Model]] = Page

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.lookups = ActionLookups()
        self.index = source_language_pages(ActionIndexPage).order_by("path").first()

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        if self.index is None:
            raise UnreadableFile(_("Créez d’abord la page de la feuille de route."))
        self.known = known
        self.by_pk = {page.pk: self._snapshot(page) for page in source_language_pages(ActionPage)}
        self.by_reference = {plain(held.draft.reference): held for held in self.by_pk.values()}

    def _snapshot(self, page: ActionPage) -> ActionSnapshot:
        draft = page.get_latest_revision_as_object()
        data = draft.serializable_data()
        values = {column.name: column.stored(data, self.lookups) for column in COLUMNS}
        return ActionSnapshot(page, draft, values)

    def find(self, row: ImportRow) -> ActionSnapshot | None:
        return self.by_pk.get(self.known.get(row.key, 0)) or self.by_reference.get(row.key)

    def values_of(self, found: ActionSnapshot) -> FieldValues:
        return found.values

    def held(self, found: ActionSnapshot) -> str:
        return page_lock_reason(found.page, found.page.workflow_in_progress)

    def title_of(self, row: ImportRow, found: ActionSnapshot | None) -> str:
        reference = row.values.get("reference") or (found.draft.reference if found else "")
        title = row.values.get("title") or (found.draft.title if found else row.said)
        return f"{reference} {title}".strip()

    def label_of(self, name: str) -> str:
        return BY_NAME[name].label

    def in_words(self, name: str, value: Any) -> str:
        return BY_NAME[name].display(value, self.lookups) if value not in (None, "", []) else ""

    def mistakes(
        self, row: ImportRow, found: ActionSnapshot | None, values: FieldValues
    ) -> Sequence[str]:
        whole = {**self.values_of(found), **values} if found else values
        page = self._built(whole, with_lists=False)
        if found:
            page.pk = page.id = found.pk
        return page_errors(page, _KNOWN, _label_of)

    def still_true(self, changes: Sequence[RowChange]) -> bool:
        pks = [change.found.pk for change in changes if change.found]
        now = Page.objects.select_for_update().filter(pk__in=pks)
        latest = dict(now.values_list("pk", "latest_revision_id"))
        return latest == {pk: self.by_pk[pk].page.latest_revision_id for pk in pks}

    def write(
        self, changes: Sequence[RowChange], user: Any, *, publishes: bool, told: ProgressCallback
    ) -> Sequence[int]:
        pks = []
        for done, change in enumerate(changes, start=1):
            if change.found:
                self._change(change.found, change.values, user, publishes)
                pks.append(change.found.pk)
            else:
                pks.append(self._create(change.values, user))
            told(done, len(changes))
        return pks

    def _create(self, values: FieldValues, user: Any) -> int:
        if self.index is None:
            raise UnreadableFile(_("Créez d’abord la page de la feuille de route."))
        page = self._built(values, with_lists=True)
        page.slug = self._free_slug(f"action-{page.reference}-{page.title}")
        page.live, page.has_unpublished_changes, page.owner = False, True, user
        self.index.add_child(instance=page)
        revision = page.save_revision(user=user, clean=False)
        log(page, "wagtail.create", user=user, revision=revision, content_changed=True)
        return int(page.pk)

    def _free_slug(self, text: str) -> str:
        base = slugify(text)[:80].strip("-")
        siblings = self.index.get_children().filter(slug__startswith=base)  # type: ignore[union-attr]
        return free_slug(base, set(siblings.values_list("slug", flat=True)))

    def _change(
        self, held: ActionSnapshot, values: FieldValues, user: Any, publishes: bool
    ) -> None:
        """A draft revision over what an editor sees; a draft that waits is never published."""
        waits = held.page.has_unpublished_changes
        for name, value in values.items():
            BY_NAME[name].put(held.draft, value, self.lookups)
        revision = held.draft.save_revision(user=user, log_action=True, clean=False)
        if publishes and held.page.live and not waits:
            revision.publish(user=user)

    def _built(self, values: FieldValues, with_lists: bool) -> ActionPage:
        page = ActionPage(locale=Locale.objects.get(language_code=settings.LANGUAGE_CODE))
        for name, value in values.items():
            if with_lists or not BY_NAME[name].is_related:
                BY_NAME[name].put(page, value, self.lookups)
        return page

    @classmethod
    def allows(cls, user: Any) -> bool:
        return _permits(user, "can_add_subpage")

    @classmethod
    def may_publish(cls, user: Any) -> bool:
        return _permits(user, "can_publish_subpage")


def source_language_pages(model: Any) -> Any:
    """Those in the language that editors write; translations follow them."""
    return model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


def _permits(user: Any, verb: str) -> bool:
    index = source_language_pages(ActionIndexPage).order_by("path").first()
    return bool(index and getattr(index.permissions_for_user(user), verb)())


def _label_of(name: str) -> str:
    return BY_NAME[name].label if name in BY_NAME else ""
