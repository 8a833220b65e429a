"""What twenty processes say of the same entry at the same instant is written once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.databases import copied_database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def database(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("same-press")
    with django_db_blocker.unblock(), copied_database(folder) as url:
        yield {"DATABASE_URL": url, "PORTAL_TEST_VAR_DIR": str(folder)}


def test_the_same_link_pressed_twenty_times_at_once_is_one_verification(
    database: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.resources.same_press"],
        env={**os.environ, **database, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    end = json.loads(done.stdout.splitlines()[-1])
    assert end["answers"] == [2]
    assert end["rows"] == 1
    assert end["states"] == ["repondu"]
