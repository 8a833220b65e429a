"""What the directory registers in the search beside its entries: types, their names, opening."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from portal.cache.cached import get_or_set
from portal.cache.content_version import change_content_version
from resources.choices import SECTORED_TYPES
from resources.indexing.open_periods import follow_published, open_now
from resources.listing.models import DirectoryPage
from resources.listing.page_answer import page_answer
from resources.models import CmpPage, ResourcePage, ResourceType
from resources.service_areas.doors import first_keys
from resources.service_areas.hits import serves_hit
from resources.validators import readable_phone
from search.contracts import SearchDocument
from search.source_registry import (
    TypeName,
    register_by_address,
    register_first_at_place,
    register_open_now,
    register_page_answer,
    register_page_follower,
    register_phone_keys,
    register_sector_keys,
    register_serves_hit,
    register_source,
    register_type_names,
)


def type_explanations() -> Iterator[SearchDocument]:
    """« Un SAMSAH, c’est quoi ? »: a type is answered even where no entry has it."""
    directories = DirectoryPage.objects.live().public()
    addresses = {page.locale_id: page.url for page in directories.select_related("locale")}
    for kind in ResourceType.objects.select_related("locale").order_by("pk"):
        if kind.explanation and addresses.get(kind.locale_id):
            yield _explanation_document(kind, addresses[kind.locale_id])


def _explanation_document(kind: ResourceType, directory_url: str) -> SearchDocument:
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


def phone_keys(number: str, language: str) -> Iterator[str]:
    """The search keys of the entries that this number (E.164) reaches."""
    try:
        written = readable_phone(number)
    except ValidationError:
        return
    is_reached = Q(phone=written) | Q(phones__number=written)
    entries = ResourcePage.objects.listed().filter(is_reached, locale__language_code=language)
    for pk in entries.order_by("title").values_list("pk", flat=True).distinct():
        yield f"page:{pk}"


def sector_keys(code: str, language: str) -> tuple[str, ...]:
    """The CMPs that readers may see of the sector of this code."""
    known = get_or_set(f"cmps-by-sector:{language}", lambda: _cmps_by_sector(language))
    return known.get(code, ())


def _cmps_by_sector(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    cmps = CmpPage.objects.listed().filter(locale__language_code=language).exclude(sectors=None)
    for code, pk in cmps.order_by("title", "pk").values_list("sectors__code", "pk"):
        found[code] = (*found.get(code, ()), f"page:{pk}")
    return found


def type_names() -> Iterator[TypeName]:
    """How editors name each type, in each language, for the search to recognise; one query."""
    types = ResourceType.objects.select_related("locale").order_by("order", "name", "pk")
    for kind in types:
        names = (kind.name, kind.plural, kind.full_name, kind.code)
        yield TypeName(
            code=kind.code,
            language=kind.locale.language_code,
            label=kind.name,
            names=tuple(dict.fromkeys(filter(None, names))),
        )


register_by_address(SECTORED_TYPES)
register_first_at_place(first_keys)
register_serves_hit(serves_hit)
register_page_answer(page_answer)
register_page_follower(follow_published)
register_source("type", type_explanations, ResourceType, DirectoryPage)
register_open_now(open_now)
register_phone_keys("resources", phone_keys)
register_sector_keys(sector_keys)
register_type_names(type_names)
for signal in (post_save, post_delete):
    signal.connect(
        change_content_version, sender=ResourceType, dispatch_uid=f"type-names-{id(signal)}"
    )
