"""A disk that is full or read-only: readers read, writers lose nothing, a monitor is told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.databases import copied_again
from tests.faults.disk_world import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of 40 MB; mounting one needs rights that not every machine gives."""
    folder = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=40m", "none", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:  # noqa: S603
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607


@pytest.fixture(scope="module")
def answers(_untouched_database: str, small_disk: Path) -> dict[str, Any]:
    with copied_again(_untouched_database, small_disk) as url:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.faults.disk_world", str(small_disk)],
            env={
                **os.environ,
                "DATABASE_URL": url,
                "PORTAL_VAR_DIR": str(small_disk),
                "DJANGO_SETTINGS_MODULE": "tests.faults.disk_settings",
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("moment", ["well", "full", "again", "read-only"])
def test_readers_read(answers: dict[str, Any], moment: str) -> None:
    assert set(answers[moment]["readers"].values()) == {200}, answers[moment]["readers"]


@pytest.mark.parametrize(
    ("moment", "state"),
    [("well", "ok"), ("full", "full"), ("again", "ok"), ("read-only", "read-only")],
)
def test_a_monitor_is_told(answers: dict[str, Any], moment: str, state: str) -> None:
    assert answers[moment]["readyz"] == state


@pytest.mark.parametrize("moment", ["full", "read-only"])
def test_what_is_not_kept_is_given_back_with_a_sentence(
    answers: dict[str, Any], moment: str
) -> None:
    answer = answers[moment]
    if answer["kept"]:
        return  # The database is on the disk of a server of its own.
    assert answer["writer"] == 503
    assert "Rien ne peut être enregistré pour l’instant" in answer["said"]
    assert WORDS in answer["said"]
    assert "3114" in answer["said"]


def test_once_there_is_room_again_writers_write(answers: dict[str, Any]) -> None:
    assert (answers["again"]["writer"], answers["again"]["kept"]) == (302, 1)
