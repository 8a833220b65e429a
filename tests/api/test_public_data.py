"""What all the public data have in common: asked again for little, limited, written in French."""

import csv
import io
import json
import secrets
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import get_language

import pytest

from portal.api.decorators import HOUR, as_json, if_changed, public_data, stamp, too_many
from portal.exports.formula_escape import unescape_formula
from portal.exports.streaming import CSV, JSON, csv_chunks, json_chunks, streaming_response
from tests.clock import Clock
from tests.rate_limits import SetLimit

ask = RequestFactory()


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)  # type: ignore[arg-type]


def test_an_answer_that_has_not_changed_is_not_made_again() -> None:
    made: list[str] = []

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        return if_changed(request, stamp("a", 1), lambda: made.append("") or as_json({}))  # type: ignore[func-returns-value]

    first = view(ask.get("/"))
    again = view(ask.get("/", headers={"If-None-Match": f"W/{first['ETag']}"}))
    other = view(ask.get("/", headers={"If-None-Match": '"autre"'}))
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "public, max-age=3600"
    assert len(made) == 2


def test_a_stamp_follows_each_of_its_parts() -> None:
    assert stamp("a", 1) == stamp("a", 1)
    assert len({stamp("a", 1), stamp("a", 2), stamp("b", 1)}) == 3


def test_a_file_is_written_in_french_after_the_view_has_returned() -> None:
    def pieces() -> Iterator[str]:
        yield "x" * 20_000
        yield get_language() or ""

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        return streaming_response(pieces(), CSV, "fichier.csv")

    with translation.override("en"):
        response = view(ask.get("/"))
        assert body(response).endswith(b"xfr")
        assert get_language() == "en"
    assert response["Content-Disposition"] == 'attachment; filename="fichier.csv"'


def test_who_asks_for_the_headers_alone_makes_nobody_write_the_file() -> None:
    def pieces() -> Iterator[str]:
        raise AssertionError("it was written")
        yield ""

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        return streaming_response(pieces(), CSV)

    response = view(ask.head("/"))
    assert (response.status_code, body(response)) == (200, b"")


def test_a_streamed_file_goes_through_the_middlewares_without_being_gathered() -> None:
    written: list[int] = []

    def pieces() -> Iterator[str]:
        for number in range(50):
            written.append(number)
            yield secrets.token_hex(10_000)  # nothing that compresses well

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        return if_changed(request, stamp(1), lambda: streaming_response(pieces(), CSV))

    through = GZipMiddleware(ConditionalGetMiddleware(view))
    response = through(ask.get("/", headers={"Accept-Encoding": "gzip"}))
    assert response["Content-Encoding"] == "gzip"
    assert written == []
    rest = iter(response)
    next(rest)
    next(rest)
    assert len(written) < 50
    unchanged = through(ask.get("/", headers={"If-None-Match": response["ETag"]}))
    assert unchanged.status_code == 304


def test_too_many_questions_are_told_when_to_come_back(
    db: None, set_limit: SetLimit, noon: Clock
) -> None:
    set_limit("search_api", 2)
    answers = [too_many(ask.get("/"), "search_api") for _ in range(3)]
    assert answers[:2] == [None, None]
    refused = answers[2]
    assert refused is not None
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "réessayez" in json.loads(refused.content)["error"]


@pytest.mark.parametrize("cell", ["=1+1", "+33 4 91 00 00 00", "@x", "-2", "\tx", "'=1", "04 91"])
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell: str) -> None:
    text = body(streaming_response(csv_chunks(["nom"], [[cell]]), CSV)).decode("utf-8-sig")
    (_head, (written,)) = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert not written.startswith(("=", "+", "-", "@", "\t"))
    assert unescape_formula(written) == cell


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    text = body(streaming_response(csv_chunks(["a", "b", "c"], [[-5.37, None, 12]]), CSV)).decode(
        "utf-8-sig"
    )
    assert text.splitlines()[1] == "-5.37;;12"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_written_row_by_row_is_json(number: int) -> None:
    rows = [{"nom": f"« {n} »"} for n in range(number)]
    whole = body(streaming_response(json_chunks({"licence": "x"}, "rows", iter(rows)), JSON))
    assert json.loads(whole) == {"licence": "x", "rows": rows}
    assert json.loads(body(streaming_response(json_chunks(None, "", iter(rows)), JSON))) == rows
