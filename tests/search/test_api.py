"""The public data: what a partner's site may ask, and what it gets."""

import json
from typing import Any

from django.test import Client

import pytest
from openapi_spec_validator import validate

from portal.crisis.help_numbers import danger_message
from portal.geo.place import Place, PlaceMode
from search.api import views
from search.contracts import SearchAnswer, SearchFilters, SearchHit, SearchQuery, UnderstoodQuery
from tests.clock import Clock
from tests.rate_limits import SetLimit

ADDRESS = "/api/recherche"
pytestmark = pytest.mark.django_db
NUMBERS = [
    {"number": one.number, "channel": one.scheme, "label": str(one.use)}
    for one in danger_message("suicide").numbers
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[SearchQuery]:
    """The questions that reach the search, which then answers the same thing."""
    questions: list[SearchQuery] = []

    def answer(query: SearchQuery) -> SearchAnswer:
        questions.append(query)
        return SearchAnswer(
            understood=UnderstoodQuery(
                text="calme",
                crisis="suicide",
                place=Place("13005", "Aubagne", PlaceMode.AROUND, 10, 43.29, 5.57, ("13005",)),
                types=("CMP",),
                likely_types=("GEM", "CMP"),
                filters=SearchFilters(public="adolescents", practical=("gratuit", "distance")),
            ),
            hits=(
                SearchHit(
                    "page:1", "CMP", "CMP Exemple", "/annuaire/cmp/", distance_km=1.234,
                    is_entry=True, area=("13005",), facets={"public": ("adolescents",)},
                    received='{"publics":["adolescents"]}',
                ),
                SearchHit("line:2", "LIGNE_ECOUTE", "3114", "tel:3114"),
            ),
            total=12,
            aside=1,
            aside_hits=(
                SearchHit(
                    "page:3", "CMP", "CMP d’ailleurs", "/annuaire/ailleurs/",
                    is_entry=True, area=("13004",),
                ),
            ),
        )  # fmt: skip

    monkeypatch.setattr(views, "search_as_page", answer)
    return questions


def ask(client: Client, **query: Any) -> Any:
    return client.get(ADDRESS, query)


def test_the_answer_has_the_shape_that_was_promised(client: Client, asked: list) -> None:
    assert ask(client, q="cmp calme").json() == {
        "query": {
            "text": "calme",
            "crisis": True,
            "place": {"code": "13005", "name": "Aubagne", "mode": "autour", "km": 10,
                      "outside": False},
            "types": ["CMP", "GEM"],
            "filters": {"public": "adolescents", "gratuit": True, "adistance": True},
        },
        "total": 12,
        "suggestion": None,
        "hits": [
            {
                "type": "CMP",
                "title": "CMP Exemple",
                "url": "http://testserver/annuaire/cmp/",
                "distance_km": 1.2,
                "serves": {
                    "answer": "oui",
                    "sentence": "Reçoit les adolescents d’Aubagne.",
                },
            },
            {
                "type": "LIGNE_ECOUTE", "title": "3114", "url": "tel:3114", "distance_km": None,
                "serves": None,
            },
        ],
        "danger": {
            "degree": "danger",
            "kind": "suicide",
            "title": str(danger_message("suicide").title),
            "numbers": NUMBERS,
        },
        "address_needed": [],
        "elsewhere": {
            "total": 1,
            "hits": [
                {
                    "type": "CMP",
                    "title": "CMP d’ailleurs",
                    "url": "http://testserver/annuaire/ailleurs/",
                    "distance_km": None,
                    "serves": {"answer": "non", "sentence": "Reçoit les personnes d’Arles."},
                }
            ],
        },
        "hours_unknown": {"total": 0, "hits": []},
        "lines": [],
        "roads": [],
    }  # fmt: skip


def test_every_parameter_reaches_the_search(client: Client, asked: list) -> None:
    ask(
        client, q=" cmp ", lieu="Aubagne", page="3", dans="annuaire", type=["gem", "CMP", "gem"],
        public="adultes", age="12-17", km="10", gratuit="1", sansrdv="1", pmr="0", adistance="1",
        ouvert="1", langue="EN", utm_source="lettre",
    )  # fmt: skip
    (question,) = asked
    assert (question.text, question.place, question.page) == ("cmp", "Aubagne", 3)
    assert question.scope == "annuaire"
    assert question.filters == SearchFilters(
        types=("GEM", "CMP"), public="adultes", age="12-17", km=10,
        practical=("gratuit", "sansrdv", "distance"), language="en", open_now=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "x" * 201}, "« q » est trop long"),
        ({"q": "x" * 10_000}, "« q » est trop long"),
        ({"lieu": "x" * 101}, "« lieu » est trop long"),
        ({"page": "-1"}, "de 1 à 1000"),
        ({"page": "0"}, "de 1 à 1000"),
        ({"page": "1001"}, "de 1 à 1000"),
        ({"page": "9" * 20}, "de 1 à 1000"),
        ({"page": "9" * 5000}, "de 1 à 1000"),
        ({"page": "abc"}, "de 1 à 1000"),
        ({"page": "²"}, "de 1 à 1000"),
        ({"public": "martiens"}, "« public » est l’un de"),
        ({"km": "7"}, "« km » est l’un de"),
        ({"dans": "ailleurs"}, "« dans » est l’un de"),
        ({"gratuit": "oui"}, "« gratuit » est l’un de"),
        ({"type": "<script>"}, "« type » est un code"),
        ({"type": ["CMP", "1=1 --"]}, "« type » est un code"),
        ({"type": [f"T{n}" for n in range(21)]}, "« type » est un code"),
        ({"age": "vieux"}, "« age » est un code"),
        ({"langue": "<b>"}, "« langue » est un code"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_told_in_french(
    client: Client, asked: list, query: dict, words: str
) -> None:
    response = ask(client, **query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    assert words in response.json()["error"].replace("\u00a0", " ")
    assert not asked


@pytest.mark.parametrize(
    "text",
    [
        '"', 'psy"', "   ", "\x00", "(" * 100, '"""((((OR AND NOT', "NEAR(a b)", "*", "psy AND",
        "« santé mentale »", "l’aide", "e\u0301coute", "\u202egem", "😀 aide", "%27 OR 1=1 --",
        "<img onerror=x>", "psy -cmp", "\ud800", "cmp\\", "a'; DROP TABLE x;--",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_whatever_is_typed_gets_an_answer(client: Client, text: str) -> None:
    for name in ("q", "lieu"):
        query = f"{name}=" + "".join(f"%{byte:02x}" for byte in text.encode(errors="surrogatepass"))
        response = client.get(f"{ADDRESS}?{query}")
        assert response.status_code == 200
        assert response.json()["query"]["crisis"] is False


@pytest.mark.django_db
def test_a_thousand_repeated_parameters_do_no_harm(client: Client) -> None:
    assert client.get(f"{ADDRESS}?{'q=psy&' * 1000}").status_code == 200
    assert client.get(f"{ADDRESS}?{'q=psy&' * 20_000}").status_code == 400


def test_a_network_that_asks_too_much_is_told_when_to_come_back(
    client: Client, asked: list, set_limit: SetLimit, noon: Clock
) -> None:
    set_limit("search_api", 2)
    assert [ask(client, q="a").status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(client, q="a")
    assert refused["Retry-After"] == "60"
    assert "réessayez" in refused.json()["error"]
    assert len(asked) == 2


def test_any_site_may_read_and_nothing_goes_with_it(client: Client, asked: list) -> None:
    response = client.get(ADDRESS, {"q": "cmp"}, headers={"Origin": "https://partenaire.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    preflight = client.options(
        ADDRESS,
        headers={
            "Origin": "https://partenaire.example",
            "Access-Control-Request-Method": "GET",
        },
    )
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
def test_no_other_page_is_open_to_other_sites(client: Client) -> None:
    for address in ("/", "/robots.txt", "/admin/"):
        response = client.get(address, headers={"Origin": "https://partenaire.example"})
        assert "Access-Control-Allow-Origin" not in response


def test_an_answer_may_be_kept_a_minute_and_asked_again_for_little(
    client: Client, asked: list
) -> None:
    first = ask(client, q="cmp")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(ADDRESS, {"q": "cmp"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_data_are_read_only(client: Client, asked: list, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(ADDRESS)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "se lit seulement" in response.json()["error"]
    assert client.head(ADDRESS).status_code == 200
    assert client.options(ADDRESS).status_code == 204


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_told_as_data(client: Client) -> None:
    response = client.get("/api/v2/recherche")
    assert response.status_code == 404
    assert "n’existe pas" in response.json()["error"]


def test_the_description_is_openapi_and_tells_what_is_answered(client: Client, asked: list) -> None:
    document = client.get("/api/openapi.json").json()
    validate(document)
    schemas = document["components"]["schemas"]
    answer = ask(client, q="cmp").json()
    for name, part in (
        ("Answer", answer), ("Query", answer["query"]), ("Place", answer["query"]["place"]),
        ("Hit", answer["hits"][0]),
    ):  # fmt: skip
        assert set(schemas[name]["required"]) == set(part)
    assert set(answer["query"]["filters"]) <= set(schemas["Filters"]["properties"])


@pytest.mark.django_db
def test_people_can_read_the_description_too(client: Client) -> None:
    response = client.get("/api/", headers={"Accept-Language": "en"})
    html = response.content.decode()
    assert '<html lang="fr"' in html
    for words in ("Quand « crisis » est vrai", "/api/openapi.json", "q=cmp&amp;lieu=Aubagne"):
        assert words in html.replace("\u00a0", " ")
    assert not response.cookies
    assert json.loads(client.get("/api/openapi.json").content)["openapi"] == "3.1.0"


def test_whom_it_is_for_is_told_when_it_goes_without_saying(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = SearchAnswer(understood=UnderstoodQuery(types=("UNAFAM",), public="proches"))
    monkeypatch.setattr(views, "search_as_page", lambda query: meant)
    assert ask(client, q="unafam").json()["query"]["filters"] == {"public": "proches"}
