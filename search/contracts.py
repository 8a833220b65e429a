"""What a page tells a search engine. Plain Python: no Django, no Wagtail."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as every engine sees it.

    ``kind`` is a type code of the public data (``CMP``, ``ACTION_PTSM``…); ``lat`` and
    ``lon`` are WGS 84 degrees and stay empty when the address is masked; ``facets`` maps
    a facet's name to its codes.
    """

    kind: str
    title: str
    url: str
    language: str
    summary: str = ""
    body: str = ""
    lat: float | None = None
    lon: float | None = None
    facets: dict[str, list[str]] = field(default_factory=dict)
