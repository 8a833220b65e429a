"""What the search box proposes while one types."""

from django.db import DatabaseError
from django.test import Client

import pytest

from search import views
from search.contracts import SearchDocument
from search.engines import embedded_engine
from search.models import LexiconEntry
from search.source_registry import TypeName
from tests.clock import Clock
from tests.rate_limits import SetLimit

ADDRESS = "/recherche/suggestions"


@pytest.fixture
def propose(db: None, client: Client):
    def ask(**query: str) -> list[dict[str, str]]:
        response = client.get(ADDRESS, query)
        assert response.status_code == 200
        return response.json()["items"]

    return ask


@pytest.fixture
def oak(db: None) -> None:
    embedded_engine().put(
        [SearchDocument("page:1", "GEM", "Le Chêne", "/chene/", "fr", is_entry=True)]
    )


def test_titles_are_proposed_from_the_second_letter(oak, propose) -> None:
    assert propose(q="c") == []
    assert propose(q=" ch") == [{"text": "Le Chêne", "url": "/chene/"}]


def test_types_of_places_are_proposed_by_any_of_their_names(db, propose, monkeypatch) -> None:
    names = (TypeName("HDJ", "fr", "Hôpital de jour", ("HDJ",)), TypeName("HDJ", "en", "Day"))
    monkeypatch.setattr(views, "type_names", lambda: names)
    assert propose(q="hopi") == propose(q="hd") == [{"text": "Hôpital de jour"}]


def test_places_are_proposed_with_what_tells_them_apart(propose) -> None:
    assert propose(ou="auba") == [{"text": "Aubagne", "hint": "13400"}]
    assert {"text": "Villeurbanne", "hint": "Rhône"} in propose(ou="villeurb")
    assert propose(ou="a") == []


@pytest.mark.parametrize(
    ("start", "name", "where"),
    [
        ("estaq", "L’Estaque", "Marseille 16e"),
        ("l'est", "L’Estaque", "Marseille 16e"),
        ("les mil", "Les Milles", "Aix-en-Provence"),
        ("belle", "Belle de Mai", "Marseille 3e"),
    ],
)
def test_quarters_are_proposed_with_their_commune(
    propose, start: str, name: str, where: str
) -> None:
    assert propose(ou=start)[0] == {"text": name, "hint": where}
    assert len(propose(ou=start[:2])) <= views.MOST


@pytest.fixture
def lexicon(db: None) -> None:
    LexiconEntry.objects.create(
        name="Dépression", phrases="dépression\ndépressif\nje déprime", types=["CMP"]
    )
    LexiconEntry.objects.create(name="Travail", phrases="burn out\nburnout", types=["CSAPA"])


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("psychol", "psychologue"),
        ("depr", "dépression"),
        ("Dépr", "dépression"),
        ("burn", "burnout"),
    ],
)
def test_what_people_say_is_proposed_first_with_the_kind_of_its_answer(
    lexicon, propose, start: str, text: str
) -> None:
    first, *others = propose(q=start)
    assert first["text"] == text
    assert first["hint"]
    assert "dépressif" not in [one["text"] for one in others]


def test_a_commune_written_as_it_is_heard_is_proposed(propose) -> None:
    assert propose(ou="vitrole")[0]["text"] == "Vitrolles"
    assert propose(ou="obagne")[0]["text"] == "Aubagne"


def test_a_list_may_be_kept_for_a_while_and_sets_no_cookie(oak, client: Client) -> None:
    response = client.get(ADDRESS, {"q": "ch"})
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


@pytest.mark.parametrize("typed", ["\0\0", '""', "((", "%%", "é" * 5000, "\ud800a", "  "])
def test_whatever_is_typed_the_box_goes_on(oak, propose, typed: str) -> None:
    letters = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert isinstance(propose(q=letters), list)
    assert isinstance(propose(ou=letters), list)


def test_a_failure_gives_an_empty_list_that_nobody_keeps(
    oak, client: Client, monkeypatch, caplog
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("secret words")

    monkeypatch.setattr(views, "complete", fail)
    response = client.get(ADDRESS, {"q": "chêne"})
    assert response.json() == {"items": []}
    assert "no-store" in response.headers["Cache-Control"]
    assert "secret" not in caplog.text


def test_a_flood_is_slowed(oak, client: Client, set_limit: SetLimit, noon: Clock) -> None:
    set_limit("search_suggestions", 2)
    assert [client.get(ADDRESS, {"q": "ch"}).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(ADDRESS, {"q": "ch"})["Retry-After"] == "60"
