"""Rows that become entries of the directory, whatever file they come from."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from wagtail.models import Locale, Page

from portal.base.choices import Public
from portal.imports.contract import (
    FieldValues,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
    UnreadableFile,
)
from portal.imports.page_target import page_errors, page_lock_reason
from resources.choices import SectorAudience
from resources.duplicates import DuplicateIndex, KnownRecord, duplicate_message
from resources.imports.bulk_create import create_entries, load_child_lists
from resources.imports.columns import BY_NAME, columns_of, kind_of_type
from resources.imports.coordinates import CoordinateChecker
from resources.imports.lookups import EntryLookups
from resources.imports.snapshot import EntrySnapshot, snapshot_entries
from resources.listing.models import DirectoryPage
from resources.models import CmpPage, ResourcePage, ResourceType

#: Keys whose rows the lookups have found.
_KNOWN = ("resourcepage_ptr", "type", "commune", "parent_structure", "hospital", "territory")


class EntryTarget(ImportTarget):
    """Entries of every kind. ``ImportRow.values`` are named as the columns.

    A row is about the entry that it became last time, else about the one whose uuid is its key,
    else, for a source that says so in ``finds_by``, about the one that has the same value there.
    """

    model: ClassVar[type[Model]] = Page
    finds_by: ClassVar[tuple[str, ...]] = ()

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.lookups = EntryLookups()
        self.held_by_pk: dict[int, EntrySnapshot] = {}

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        if self.directory is None:
            raise UnreadableFile(_("Créez d’abord la page de l’annuaire."))
        self.known = known
        names = ("pk", "uuid", *self.finds_by)
        self.by_mark: dict[tuple[str, str], int] = {}
        self.pks = set()
        for pk, uuid, *values in (
            ResourcePage.objects.in_source_language().order_by("-pk").values_list(*names)
        ):
            self.pks.add(pk)
            self.by_mark["uuid", str(uuid)] = pk
            for name, value in zip(self.finds_by, values, strict=True):
                if value:
                    self.by_mark[name, str(value)] = pk
        wanted = {pk for row in file.rows if (pk := self._pk_of(row))}
        self.held_by_pk = {held.pk: held for held in snapshot_entries(self.lookups, wanted)}

    @cached_property
    def directory(self) -> DirectoryPage | None:
        own = DirectoryPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        return own.order_by("path").first()

    @cached_property
    def locale(self) -> Locale:
        return Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    @cached_property
    def types(self) -> dict[int, ResourceType]:
        return ResourceType.objects.in_bulk()

    @cached_property
    def duplicates(self) -> DuplicateIndex:
        return DuplicateIndex.of_directory()

    @cached_property
    def places(self) -> CoordinateChecker:
        return CoordinateChecker()

    def _pk_of(self, row: ImportRow) -> int | None:
        if (pk := self.known.get(row.key)) in self.pks:
            return pk
        marks = [("uuid", row.key), *((name, row.values.get(name)) for name in self.finds_by)]
        return next((self.by_mark[mark] for mark in marks if mark in self.by_mark), None)

    def find(self, row: ImportRow) -> EntrySnapshot | None:
        pk = self._pk_of(row)
        return self.held_by_pk.get(pk) if pk else None

    def values_of(self, found: EntrySnapshot) -> FieldValues:
        return found.values

    def version_of(self, found: EntrySnapshot) -> str:
        return found.version

    def held(self, found: EntrySnapshot) -> str:
        return page_lock_reason(found.page, found.in_review)

    def title_of(self, row: ImportRow, found: EntrySnapshot | None) -> str:
        own = found.values.get("title") if found else ""
        return str(row.values.get("title") or own or row.said or row.key)

    def label_of(self, name: str) -> str:
        return BY_NAME[name].label

    def in_words(self, name: str, value: Any) -> str:
        return BY_NAME[name].display(value, self.lookups)

    def mistakes(
        self, row: ImportRow, found: EntrySnapshot | None, values: FieldValues
    ) -> Sequence[str]:
        whole = {**found.values, **values} if found else values
        kind = kind_of_type(whole.get("type", ""))
        if found and kind is not found.kind:
            words = _("Une fiche « %(kind)s » ne peut pas devenir de ce type : créez-en une autre.")
            return [words % {"kind": found.kind._meta.verbose_name}]
        strange = [name for name in values if not BY_NAME[name].is_of(kind)]
        if strange:
            words = _("Colonne réservée à une autre sorte de fiche : %(names)s.")
            return [words % {"names": ", ".join(BY_NAME[name].heading for name in strange)}]
        if mistake := self.places.mistake(whole):
            return [mistake]
        built = self._built(kind, whole, with_lists=False)
        return page_errors(built, _KNOWN, _label_of, _why_not_of_its_type)

    def warnings(
        self, row: ImportRow, found: EntrySnapshot | None, values: FieldValues
    ) -> Sequence[str]:
        whole = {**found.values, **values} if found else values
        alike = self.duplicates.like(whole, besides=found.pk if found else 0, line=row.line)
        self.duplicates.add(whole, KnownRecord(self.title_of(row, found), line=row.line))
        return [duplicate_message(why, known) for why, known in alike]

    def get_ready(self, changes: Sequence[RowChange]) -> None:
        self.new = {
            change.row.line: load_child_lists(self._new(change.values))
            for change in changes
            if change.is_new
        }

    def still_true(self, changes: Sequence[RowChange]) -> bool:
        pks = [change.found.pk for change in changes if change.found]
        list(Page.objects.select_for_update().filter(pk__in=pks).values_list("pk"))
        now = {held.pk: held.version for held in snapshot_entries(EntryLookups(), pks)}
        return now == {pk: self.held_by_pk[pk].version for pk in pks}

    def write(
        self, changes: Sequence[RowChange], user: Any, *, publishes: bool, told: ProgressCallback
    ) -> Sequence[int]:
        if self.directory is None:
            raise UnreadableFile(_("Créez d’abord la page de l’annuaire."))
        pks = create_entries(list(self.new.values()), self.directory, user, told)
        created = dict(zip(self.new, pks, strict=True))
        for done, change in enumerate(changes, start=1):
            if change.found:
                self._change(change.found, change.values, user, publishes)
                told(done, len(changes))
        return [change.found.pk if change.found else created[change.row.line] for change in changes]

    def _new(self, values: FieldValues) -> ResourcePage:
        return self._built(kind_of_type(values["type"]), values, with_lists=True)

    def _built(
        self, kind: type[ResourcePage], values: FieldValues, with_lists: bool
    ) -> ResourcePage:
        entry = kind(locale=self.locale)
        for column in columns_of(kind):
            if column.name in values and (with_lists or not column.is_related):
                column.put(entry, values[column.name], self.lookups)
        if entry.type_id:
            entry.type = self.types[entry.type_id]
        if isinstance(entry, CmpPage) and "audience" not in values:
            entry.audience = _audience_of(values)
        return entry

    def _change(self, held: EntrySnapshot, values: FieldValues, user: Any, publishes: bool) -> None:
        """A draft revision over what an editor sees; a draft that waits is never published.

        Nor is what two people publish, for whoever imports is alone.
        """
        may_publish = publishes and held.page.live and not held.has_draft
        entry = held.page
        if entry.has_unpublished_changes and entry.latest_revision_id:
            entry = entry.get_latest_revision_as_object()
        for name, value in values.items():
            BY_NAME[name].put(entry, value, self.lookups)
        revision = entry.save_revision(user=user, log_action=True, clean=False)
        if may_publish and entry.permissions_for_user(user).can_publish():
            revision.publish(user=user)

    @classmethod
    def allows(cls, user: Any) -> bool:
        """The coordination: whoever may write one entry may not write them all."""
        return bool(user.has_perms(["resources.add_resourcepage", "resources.change_resourcepage"]))

    @classmethod
    def may_publish(cls, user: Any) -> bool:
        directory = cls().directory
        return bool(directory and directory.permissions_for_user(user).can_publish_subpage())


def _audience_of(values: FieldValues) -> str:
    """Whom a CMP is for, as far as its line says; empty when nothing does."""
    if values.get("type") == "CMPEA":
        return SectorAudience.INFANTO_JUVENILE
    return SectorAudience.ADULTE if Public.ADULTES in values.get("publics", ()) else ""


def _label_of(name: str) -> str:
    return BY_NAME[name].label if name in BY_NAME else ""


def _why_not_of_its_type(entry: ResourcePage) -> str:
    if not entry.type_id:
        return _("Dites le type de lieu.")
    if entry.type_codes and entry.type.code != entry.own_type_code():
        return _("Pour ce public, le type est %(code)s.") % {"code": entry.own_type_code()}
    return ""
