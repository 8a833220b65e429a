"""One entry as the search engines see it: nothing in it that is masked on its page."""

from typing import Any

from resources.choices import AccessibilityFeature, AccessMode, CostType, SpokenLanguage
from resources.entry.ages import age_groups
from search.contracts import SearchDocument


def build_search_document(entry: Any) -> SearchDocument:
    """The document of an entry (``ResourcePage`` or one of its children)."""
    kind = entry.type_in_language
    lat, lon, is_rough = _point(entry)
    commune = entry.public_commune
    communes = entry.communes_served() | ({commune.pk} if commune else set())
    return SearchDocument(
        key=f"page:{entry.pk}",
        page_id=entry.pk,
        kind=entry.type.code,
        kind_words=" ".join(filter(None, [kind.name, kind.plural, kind.full_name])),
        title=entry.title,
        url=entry.url or "",
        language=entry.locale.language_code,
        is_entry=True,
        summary=entry.summary,
        body=entry.search_body(),
        lat=lat,
        lon=lon,
        is_rough=is_rough,
        communes=tuple(sorted(communes)),
        facets={
            "public": tuple(entry.publics),
            "age": age_groups(entry.age_min, entry.age_max, entry.publics),
            "pratique": tuple(_practical(entry)),
            "langue": tuple(_languages(entry)),
        },
    )


def _point(entry: Any) -> tuple[float | None, float | None, bool]:
    """Where it is: its address, or the middle of its commune (and that it is rough)."""
    lat, lon = entry.map_point or (None, None)
    return lat, lon, lat is not None and entry.public_point is None


def _practical(entry: Any) -> list[str]:
    facts = {
        "gratuit": entry.cost == CostType.FREE,
        "sansrdv": entry.has_mode(AccessMode.SANS_RDV),
        "pmr": AccessibilityFeature.PMR in entry.accessibility and not entry.address_is_masked,
        "distance": entry.is_remote,
    }
    return [code for code, is_true in facts.items() if is_true]


def _languages(entry: Any) -> list[str]:
    spoken = list(entry.spoken_languages)
    if AccessibilityFeature.LSF in entry.accessibility and SpokenLanguage.FSL not in spoken:
        spoken.append(SpokenLanguage.FSL.value)
    return spoken
