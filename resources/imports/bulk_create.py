"""Thousands of new entries at once, each as complete as if it had been made by hand.

Wagtail makes a page with some thirty queries. Here each table is written once for all of them: the
tree, the pages, their lists, their first revisions, the journal, the references, and the
editor's search. They are drafts: nothing of them is for readers.
"""

import uuid
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify

from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from portal.imports.contract import ProgressCallback
from portal.imports.page_target import free_slug
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage, ResourcePhone

_AT_ONCE = 500
_LONGEST_SLUG = 200


def create_entries(
    entries: Sequence[ResourcePage], directory: DirectoryPage, user: Any, told: ProgressCallback
) -> list[int]:
    """Write these new entries below the directory, as drafts of ``user``; their keys, in order.

    Called in a transaction. The entries are ``ready``, and have no place yet.
    """
    if not entries:
        return []
    parent = Page.objects.select_for_update().get(pk=directory.pk)
    _give_places(entries, parent, user)
    for done, some in _batches(entries):
        _insert_pages(some)
        _insert_kinds(some)
        _insert_lists(some)
        revisions = _insert_revisions(some, user)
        _insert_log(some, revisions, user)
        _insert_references(some)
        told(done, len(entries))
    _note_revisions([entry.pk for entry in entries])
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(entries))
    _tell_search(entries)
    return [entry.pk for entry in entries]


def _give_places(entries: Sequence[ResourcePage], parent: Page, user: Any) -> None:
    """Paths after the last child, and a slug that no sibling has."""
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    slugs = set(parent.get_children().values_list("slug", flat=True))
    for entry in entries:
        step += 1
        entry.depth = parent.depth + 1
        entry.path = Page._get_path(parent.path, entry.depth, step)
        entry.slug = _free_slug(entry.title, slugs)
        entry.url_path = f"{parent.url_path}{entry.slug}/"
        entry.draft_title = entry.title
        entry.live, entry.has_unpublished_changes = False, True
        entry.owner = user
        entry.content_type = ContentType.objects.get_for_model(type(entry))


def load_child_lists(entry: ResourcePage) -> ResourcePage:
    """Each of its lists is what it holds, be it nothing: with a key, it would ask for them."""
    for name in _lists_of(type(entry)):
        setattr(entry, name, list(getattr(entry, name).all()))
    return entry


@cache
def _lists_of(kind: type[ResourcePage]) -> list[str]:
    lists = [relation.get_accessor_name() for relation in get_all_child_relations(kind)]
    return lists + [field.name for field in get_all_child_m2m_relations(kind)]


def _free_slug(title: str, taken: set[str]) -> str:
    base = slugify(title)[:_LONGEST_SLUG] or "fiche"
    slug = free_slug(base, taken)
    taken.add(slug)
    return slug


def _insert_pages(entries: Sequence[ResourcePage]) -> None:
    now = timezone.now()
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    for entry in entries:
        entry.latest_revision_created_at = now
    rows = [Page(**{name: getattr(entry, name) for name in names}) for entry in entries]
    for row, entry in zip(Page.objects.bulk_create(rows), entries, strict=True):
        # Each of its parents has the same key.
        for parent in [*type(entry)._meta.get_parent_list(), type(entry)]:
            setattr(entry, parent._meta.pk.attname, row.pk)


def _insert_kinds(entries: Sequence[ResourcePage]) -> None:
    """The rows that the models add to the one of the page.

    Django writes many rows of such a model one by one only: here each table is written at once,
    by what ``bulk_create`` itself ends with.
    """
    _insert_rows(ResourcePage, entries)
    for kind in {type(entry) for entry in entries} - {ResourcePage}:
        _insert_rows(kind, [entry for entry in entries if type(entry) is kind])
    for entry in entries:
        entry._state.adding = False


def _insert_rows(kind: type[ResourcePage], entries: Sequence[ResourcePage]) -> None:
    fields = kind._meta.local_concrete_fields
    rows: Any = kind._base_manager
    size = max(connection.ops.bulk_batch_size(fields, entries), 1)
    for start in range(0, len(entries), size):
        rows._insert(entries[start : start + size], fields=fields, using=rows.db)


def _insert_lists(entries: Sequence[ResourcePage]) -> None:
    """What an entry has several of: it holds them since it was made, and they lack its key."""
    phones = []
    for entry in entries:
        for phone in entry.phones.all():
            phone.resource_id = entry.pk
            phone.translation_key = uuid.uuid4()
            phones.append(phone)
    ResourcePhone.objects.bulk_create(phones)
    for owner, name in _many_to_many(entries):
        field: Any = owner._meta.get_field(name)
        own, other, through = (
            field.m2m_column_name(),
            field.m2m_reverse_name(),
            field.remote_field.through,
        )
        through.objects.bulk_create(
            through(**{own: entry.pk, other: row.pk})
            for entry in entries
            if isinstance(entry, owner)
            for row in getattr(entry, name).all()
        )


def _many_to_many(entries: Sequence[ResourcePage]) -> list[tuple[type[ResourcePage], str]]:
    kinds: set[type[ResourcePage]] = {ResourcePage, *(type(entry) for entry in entries)}
    return [(kind, field.name) for kind in kinds for field in kind._meta.local_many_to_many]


def _insert_revisions(entries: Sequence[ResourcePage], user: Any) -> list[Revision]:
    base = ContentType.objects.get_for_model(Page)
    return Revision.objects.bulk_create(
        [
            Revision(
                content_type=entry.content_type,
                base_content_type=base,
                object_id=str(entry.pk),
                user=user,
                created_at=entry.latest_revision_created_at,
                object_str=str(entry),
                content=entry.serializable_data(),
            )
            for entry in entries
        ]
    )


def _note_revisions(pks: Sequence[int]) -> None:
    """Each page knows its revision: one statement for hundreds of them."""
    base = ContentType.objects.get_for_model(Page)
    theirs = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())
    )
    latest = Subquery(theirs.order_by("-pk").values("pk")[:1])
    for _done, some in _batches(pks):
        Page.objects.filter(pk__in=some).update(latest_revision=latest)


def _insert_log(entries: Sequence[ResourcePage], revisions: Sequence[Revision], user: Any) -> None:
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                content_type=entry.content_type,
                label=entry.get_admin_display_title(),
                action="wagtail.create",
                timestamp=entry.latest_revision_created_at,
                user=user,
                page_id=entry.pk,
                revision=revision,
                content_changed=True,
            )
            for entry, revision in zip(entries, revisions, strict=True)
        ]
    )


def _insert_references(entries: Sequence[ResourcePage]) -> None:
    """What each of them points to: as Wagtail does for one, without looking for older ones."""
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=entry.content_type,
                base_content_type=base,
                object_id=str(entry.pk),
                to_content_type_id=kind,
                to_object_id=pk,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for entry in entries
            for kind, pk, model_path, content_path in set(
                ReferenceIndex._extract_references_from_object(entry)
            )
        ]
    )


def _tell_search(entries: Sequence[ResourcePage]) -> None:
    """The editor's own search, which finds drafts too."""
    for kind in {type(entry) for entry in entries}:
        own = [entry for entry in entries if type(entry) is kind]
        for backend in get_search_backends(with_auto_update=True):
            for _done, some in _batches(own):
                backend.add_bulk(kind, some)


def _batches(rows: Sequence[Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        yield start + len(some), some
