"""A disk that is full or read-only: readers read, writers lose nothing, a monitor is told."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

import pytest

from tests.faults.databases import copied_again, tablespace_in
from tests.faults.disk_world import WORDS

pytestmark = pytest.mark.django_db


@contextmanager
def mounted_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own; mounting one needs rights that not every machine gives."""
    # Where the user of a database server may go, unlike the folders of the tests.
    folder = Path(tempfile.mkdtemp(prefix="portail-disk-"))
    folder.chmod(0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:  # noqa: S603
        folder.rmdir()
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607
        folder.rmdir()


@pytest.fixture(scope="module")
def answers(_untouched_database: str) -> Iterator[dict[str, Any]]:
    with ExitStack() as stack:
        disk = stack.enter_context(mounted_disk(40))
        full, tablespace = disk, ""
        if connection.vendor == "postgresql":
            full = stack.enter_context(mounted_disk(160))
            shutil.chown(full, "postgres")
            tablespace = stack.enter_context(tablespace_in(full))
        url = stack.enter_context(copied_again(_untouched_database, disk, tablespace))
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.faults.disk_world", str(disk), str(full)],
            env={
                **os.environ,
                "DATABASE_URL": url,
                "PORTAL_VAR_DIR": str(disk),
                "DJANGO_SETTINGS_MODULE": "tests.faults.disk_settings",
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        yield json.loads(done.stdout.splitlines()[-1])


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
    if moment == "read-only" and connection.vendor == "postgresql":
        assert answer["kept"] == 1  # Its files are on a disk of their own.
        return
    assert answer["kept"] == 0
    assert answer["writer"] == 503
    assert "Rien ne peut être enregistré pour l’instant" in answer["said"]
    assert WORDS in answer["said"]
    assert "3114" in answer["said"]


def test_once_there_is_room_again_writers_write(answers: dict[str, Any]) -> None:
    assert (answers["again"]["writer"], answers["again"]["kept"]) == (302, 1)
