"""What the directory holds now, as rows of a table would write it, in a few queries."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page, Revision, WorkflowState

from portal.imports.columns import FieldData, ImportColumn
from portal.imports.contract import FieldValues
from resources.imports.columns import KINDS, columns_of
from resources.imports.lookups import EntryLookups
from resources.models import CmpPage, ResourcePage, ResourcePhone

_AT_ONCE = 500


@dataclass
class EntrySnapshot:
    """An entry, and what it holds, or its draft when a draft waits."""

    page: ResourcePage
    values: FieldValues
    in_review: bool = False

    @property
    def pk(self) -> int:
        return int(self.page.pk)

    @property
    def has_draft(self) -> bool:
        """Whether readers see something else than what an editor sees."""
        return bool(self.page.live and self.page.has_unpublished_changes)

    @property
    def kind(self) -> type[ResourcePage]:
        return type(self.page)

    @cached_property
    def version(self) -> str:
        """Changes with anything that a column tells, whatever changed it."""
        text = json.dumps(self.values, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def snapshot_entries(
    lookups: EntryLookups, pks: Iterable[int] | None = None
) -> Iterator[EntrySnapshot]:
    """The entries of these keys, all of them by default, some hundreds at a time."""
    wanted = (
        ResourcePage.objects.in_source_language()
        .order_by("title", "pk")
        .values_list("pk", flat=True)
    )
    rest = iter(wanted if pks is None else sorted(pks))
    while some := list(islice(rest, _AT_ONCE)):
        yield from _read(some, lookups)


def _read(pks: list[int], lookups: EntryLookups) -> list[EntrySnapshot]:
    pages = _specific(pks)
    drafts = _drafts([page for page in pages.values() if page.has_unpublished_changes])
    lists = _lists([pk for pk, page in pages.items() if page.latest_revision_id not in drafts])
    reviewed = _in_review(pks)
    found = []
    for pk in pks:
        if page := pages.get(pk):
            data = drafts.get(page.latest_revision_id or 0) or _data_of(page, lists.get(pk, {}))
            # Drafts also hold what no column tells, which may be long: it is not kept.
            values = {
                column.name: column.stored(data, lookups) for column in columns_of(type(page))
            }
            found.append(EntrySnapshot(page, values, pk in reviewed))
    return found


def _specific(pks: list[int]) -> dict[int, ResourcePage]:
    rows: dict[int, ResourcePage] = {
        page.pk: page for page in ResourcePage.objects.in_source_language().filter(pk__in=pks)
    }
    for kind in KINDS:
        rows |= {page.pk: page for page in kind.objects.filter(pk__in=list(rows))}
    return rows


def _drafts(pages: list[ResourcePage]) -> dict[int, FieldData]:
    """What the latest revisions hold, as they store it."""
    keys = [page.latest_revision_id for page in pages if page.latest_revision_id]
    return dict(Revision.objects.filter(pk__in=keys).values_list("pk", "content"))


def _in_review(pks: list[int]) -> set[int]:
    """Those of which a change waits for a reviewer."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pks],
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    )
    return {int(pk) for pk in states.values_list("object_id", flat=True)}


def _data_of(page: ResourcePage, lists: dict[str, list[Any]]) -> FieldData:
    data: dict[str, Any] = {}
    for column in columns_of(type(page)):
        data[column.name] = _stored(page, column, lists)
    return data


def _stored(page: ResourcePage, column: ImportColumn, lists: dict[str, list[Any]]) -> Any:
    if column.is_related:
        return lists.get(column.name, [])
    value = getattr(page, column.field.attname)
    return column.field.value_to_string(page) if hasattr(value, "raw_data") else value


def _lists(pks: list[int]) -> dict[int, dict[str, list[Any]]]:
    """Phones, and the keys of what an entry points to, of several entries at once."""
    found: dict[int, dict[str, list[Any]]] = {pk: {} for pk in pks}
    phones = ResourcePhone.objects.filter(resource_id__in=pks).order_by("sort_order")
    for row in phones.values("resource_id", "label", "number", "sort_order"):
        found[row["resource_id"]].setdefault("phones", []).append(row)
    for owner, name in (
        (ResourcePage, "coverage_territories"),
        (ResourcePage, "coverage_communes"),
        (CmpPage, "sectors"),
    ):
        field: Any = owner._meta.get_field(name)
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        links = field.remote_field.through.objects.filter(**{f"{own}__in": pks})
        for pk, key in links.values_list(own, other):
            found[pk].setdefault(name, []).append(key)
    return found
