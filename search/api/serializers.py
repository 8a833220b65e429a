"""Serializers of search results as public JSON."""

from collections.abc import Callable
from typing import Any

from portal.geo.place import Place
from search.api.parameters import PRACTICAL
from search.contracts import SearchAnswer, SearchHit, UnderstoodQuery


def as_data(answer: SearchAnswer, absolute: Callable[[str], str]) -> dict[str, Any]:
    """The answer as plain data; ``absolute`` makes a whole address of a page's own."""
    understood = answer.understood
    return {
        "query": {
            "text": understood.text,
            "crisis": bool(understood.crisis),
            "place": _place(understood.place),
            "types": list(dict.fromkeys([*understood.types, *understood.likely_types])),
            "filters": _filters(understood),
        },
        "total": answer.total,
        "suggestion": answer.suggestion or None,
        "hits": [_hit(hit, absolute) for hit in answer.hits],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"code": place.code, "name": place.name, "mode": place.mode.value, "km": place.km}


def _filters(understood: UnderstoodQuery) -> dict[str, Any]:
    """What narrows the answer, and whom it is for even when that only guides it."""
    filters = understood.filters
    public = filters.public or understood.public
    said: dict[str, Any] = {"public": public, "age": filters.age, "km": filters.km}
    said |= {name: True for name, code in PRACTICAL.items() if code in filters.practical}
    said |= {"langue": filters.language, "ouvert": filters.open_now}
    return {name: value for name, value in said.items() if value}


def _hit(hit: SearchHit, absolute: Callable[[str], str]) -> dict[str, Any]:
    distance = None if hit.distance_km is None else round(hit.distance_km, 1)
    return {
        "type": hit.kind,
        "title": hit.title,
        "url": absolute(hit.url),
        "distance_km": distance,
    }
