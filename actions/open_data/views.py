"""``/api/actions.*`` and ``/api/feuille-de-route.*``: what was promised, and how far it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from actions.open_data import fields, rows
from actions.open_data.querysets import published_actions, roadmap_stamp, with_all
from portal.api.decorators import HOUR, about, if_changed, public_data, too_many
from portal.exports.streaming import (
    CSV,
    JSON,
    ROWS_AT_ONCE,
    csv_chunks,
    json_chunks,
    streaming_response,
)


def _answer(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if refused := too_many(request, "data_files"):
        return refused
    return if_changed(request, roadmap_stamp(request.path), make)


@public_data(HOUR)
def actions_json(request: HttpRequest) -> HttpResponseBase:
    def make() -> HttpResponseBase:
        found = with_all(published_actions()).iterator(chunk_size=ROWS_AT_ONCE)
        return streaming_response(
            json_chunks(about(request), "actions", fields.action_records(found)), JSON
        )

    return _answer(request, make)


@public_data(HOUR)
def actions_csv(request: HttpRequest) -> HttpResponseBase:
    def make() -> HttpResponseBase:
        found = with_all(published_actions()).iterator(chunk_size=ROWS_AT_ONCE)
        return streaming_response(
            csv_chunks(fields.COLUMNS, fields.rows(found)), CSV, "actions.csv"
        )

    return _answer(request, make)


@public_data(HOUR)
def roadmap_json(request: HttpRequest) -> HttpResponseBase:
    def make() -> HttpResponseBase:
        facts = {**about(request), **rows.roadmap()}
        return streaming_response(
            json_chunks(facts, "recommandations", rows.recommendations()), JSON
        )

    return _answer(request, make)


@public_data(HOUR)
def roadmap_csv(request: HttpRequest) -> HttpResponseBase:
    def make() -> HttpResponseBase:
        pieces = csv_chunks(rows.COLUMNS, rows.rows())
        return streaming_response(pieces, CSV, "feuille-de-route.csv")

    return _answer(request, make)
