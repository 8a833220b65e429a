"""How good the answers of the demonstration are, on each engine.

Apart from the tests of the measure: the demonstration stays in the database for this module.
"""

import os
from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

from django.core.management import call_command

import pytest

from portal.geo.models import Commune
from portal.geo.service_area import Served
from resources.service_areas.doors import first_doors
from resources.service_areas.hits import serves_hit
from search import engines
from search.contracts import SearchFilters, SearchQuery, SearchScope
from search.scoring import read_questions, score
from search.services import search
from tests.contracts.engines import SERVERS
from tests.home.setting_up import set_up_once
from tests.search.test_score import FILE

#: The embedded engine, and each server that runs: see ``tests.contracts.engines``.
ENGINES = ["database", *(name for name, variable in SERVERS.items() if os.environ.get(variable))]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    with set_up_once(django_db_blocker, "seed_demo") as said:
        yield said


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: None, demo: str, settings) -> Iterator[str]:
    """The demonstration, indexed by this engine, which then answers readers."""
    if request.param != "database":
        settings.SEARCH_URL = os.environ[SERVERS[request.param]]
        settings.SEARCH_INDEX = f"test-{uuid4().hex}"
    call_command("rebuild_search", stdout=StringIO())
    yield request.param
    if server := engines.server_engine():
        server.generations.forget_all()


def test_the_demonstration_answers_well_on_each_engine(engine: str) -> None:
    result = score(read_questions(FILE))
    assert not result.degraded
    assert result.asked["type"] == 30
    told = "\n".join(map(str, result.misses))
    assert result.percent("crisis") == 100, told
    assert result.percent("place") >= 95, told
    assert result.percent("type") >= 90, told


def test_what_people_type_is_understood_and_answered(db: None, demo: str) -> None:
    """Cut and split words, sector codes, ordinals, quarters, rights, where to sleep, hours…"""
    result = score(read_questions(FILE.with_name("typed_questions.jsonl")))
    told = "\n".join(map(str, result.misses))
    assert result.percent("place") >= 95, told
    assert result.percent("type") >= 90, told
    assert result.percent("facets") >= 90, told


@pytest.mark.parametrize("age", ["26-64", "3-11"])
@pytest.mark.parametrize("text", ["cmp", "je ne dors plus", "urgence psychiatrique"])
def test_from_every_commune_the_first_answers_serve_or_say_where_to_ask(
    db: None, demo: str, text: str, age: str
) -> None:
    wrong = []
    for name in Commune.objects.in_department().order_by("pk").values_list("name", flat=True):
        asked = SearchQuery(
            text=text,
            place=name,
            filters=SearchFilters(age=age),
            scope=SearchScope.ENTRIES,
            page_size=3,
        )
        answer = search(asked)
        ways_in = {door.key for door in first_doors(answer.understood, "fr")}
        served = [Served(serves_hit(hit, answer.understood)[0]) for hit in answer.hits]
        opens_well = [hit.key in ways_in for hit in answer.hits[:1]] == [True] or (
            served[:1] in ([Served.YES], [Served.PARTLY])
        )
        if not opens_well or Served.NO in served:
            wrong.append((name, [hit.title for hit in answer.hits]))
    assert not wrong
