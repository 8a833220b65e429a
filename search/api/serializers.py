"""Serializers of search results as public JSON."""

from collections.abc import Callable
from typing import Any

from portal.crisis.help_numbers import danger_message, quiet_message
from portal.crisis.models import HelpLine
from portal.geo.place import Place
from search.api.parameters import PRACTICAL
from search.contracts import SearchAnswer, SearchHit, UnderstoodQuery
from search.source_registry import serves_hit

#: What the key of a help line begins with.
LINE_KEY = "line:"


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
        "hits": [_hit(hit, understood, absolute) for hit in answer.hits],
        "danger": _danger(understood),
        "address_needed": list(answer.by_address),
        "elsewhere": {
            "total": answer.aside,
            "hits": [_hit(hit, understood, absolute) for hit in answer.aside_hits],
        },
        "hours_unknown": {
            "total": answer.hours_unknown,
            "hits": [_hit(hit, understood, absolute) for hit in answer.hours_unknown_hits],
        },
        "lines": _lines(answer.hits, absolute),
        "roads": [{"title": title, "url": absolute(url)} for title, url in answer.roads],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"code": place.code, "name": place.name, "mode": place.mode.value, "km": place.km} | {
        "outside": place.is_outside
    }


def _filters(understood: UnderstoodQuery) -> dict[str, Any]:
    """What narrows the answer, and whom it is for even when that only guides it."""
    filters = understood.filters
    public = filters.public or understood.public
    said: dict[str, Any] = {"public": public, "age": filters.age, "km": filters.km}
    said |= {name: True for name, code in PRACTICAL.items() if code in filters.practical}
    said |= {"langue": filters.language, "ouvert": filters.open_now}
    said |= {"horaires": list(filters.openings)}
    return {name: value for name, value in said.items() if value}


def _danger(understood: UnderstoodQuery) -> dict[str, Any] | None:
    """What must be said first, and whom to call; None when nothing tells of danger or distress."""
    message = danger_message(understood.crisis) or quiet_message(understood.quiet)
    if message is None:
        return None
    return {
        "degree": "danger" if understood.crisis else "distress",
        "kind": understood.crisis or understood.quiet,
        "title": str(message.heading),
        "numbers": [
            {"number": one.number, "channel": one.scheme, "label": str(one.use)}
            for one in message.numbers
        ],
    }


def _lines(hits: tuple[SearchHit, ...], absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """The help lines among the answers, each with its number; one query when there are some."""
    urls = {hit.key.partition(":")[2]: hit.url for hit in hits if hit.key.startswith(LINE_KEY)}
    keys = [int(pk) for pk in urls if pk.isdigit()]
    known = HelpLine.objects.public().in_bulk(keys) if keys else {}
    return [
        {
            "name": line.name,
            "number": line.number,
            "channel": line.channel,
            "hours": line.hours,
            "url": absolute(urls[str(pk)]),
        }
        for pk in keys
        if (line := known.get(pk))
    ]


def _hit(
    hit: SearchHit, understood: UnderstoodQuery, absolute: Callable[[str], str]
) -> dict[str, Any]:
    distance = None if hit.distance_km is None else round(hit.distance_km, 1)
    return {
        "type": hit.kind,
        "title": hit.title,
        "url": absolute(hit.url),
        "distance_km": distance,
        "serves": _serves(hit, understood),
    }


def _serves(hit: SearchHit, understood: UnderstoodQuery) -> dict[str, str] | None:
    """Whether an entry serves the place; None for a page, which is for everybody."""
    said = serves_hit(hit, understood)
    return {"answer": said[0], "sentence": said[1]} if said else None
