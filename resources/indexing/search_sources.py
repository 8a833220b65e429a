"""What the directory gives to the search beside its entries."""

from collections.abc import Iterator

from django.utils import timezone, translation

from portal.base.cached import kept
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage, ResourceType
from search.contracts import SearchDocument
from search.source_registry import register_open_now, register_source

_MINUTES = 10


def explanations() -> Iterator[SearchDocument]:
    """« Un SAMSAH, c’est quoi ? »: a type is answered even where no entry has it."""
    directories = DirectoryPage.objects.live().public()
    addresses = {page.locale_id: page.url for page in directories.select_related("locale")}
    for kind in ResourceType.objects.select_related("locale").order_by("pk"):
        if kind.explanation and addresses.get(kind.locale_id):
            yield _explanation(kind, addresses[kind.locale_id])


def _explanation(kind: ResourceType, directory_url: str) -> SearchDocument:
    language = kind.locale.language_code
    with translation.override(language):
        question = kind.question
    return SearchDocument(
        key=f"type:{kind.pk}",
        kind=kind.code,
        kind_words=" ".join(filter(None, [kind.name, kind.plural, kind.full_name])),
        title=question,
        url=f"{directory_url}?type={kind.query_code}",
        language=language,
        summary=kind.explanation,
    )


def open_now() -> frozenset[str]:
    """The keys of the entries that are open at this moment, known for ten minutes."""
    now = timezone.now()
    moment = f"{now:%Y%m%d%H}{now.minute // _MINUTES}"
    return kept(f"open-now:{moment}", _read_open_now)


def _read_open_now() -> frozenset[str]:
    entries = ResourcePage.objects.listed().exclude(opening_hours="")
    statuses = ((entry.pk, entry.opening_status) for entry in entries.with_all_facts())
    return frozenset(f"page:{pk}" for pk, status in statuses if status and status.is_open)


register_source("type", explanations, ResourceType, DirectoryPage)
register_open_now(open_now)
