"""How good the answers of the demonstration are, on each engine.

Apart from the tests of the measure: the demonstration stays in the database for this module.
"""

import os
from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

from django.core.management import call_command

import pytest

from search import engines
from search.scoring import read_questions, score
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
