"""A portal that is saved while it works comes back whole, or stays as it was."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.db import connection

import pytest

from tests.faults.databases import copied_again

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(_untouched_database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ``tests.backups.world`` found, once for all tests of the module."""
    # Other instants each time; PORTAL_TEST_SEED plays the same ones again.
    seed = os.environ.get("PORTAL_TEST_SEED", str(secrets.randbelow(1_000_000)))
    sys.stdout.write(f"PORTAL_TEST_SEED={seed}\n")
    folder = tmp_path_factory.mktemp("portal")
    with copied_again(_untouched_database, folder) as url:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.backups.world", seed],
            env={
                **os.environ,
                "DATABASE_URL": url,
                "PORTAL_VAR_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "tests.backups.settings",
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_one_file_holds_database_media_and_journal(world: dict[str, Any]) -> None:
    went, said = world["saved_while_written"]
    assert went, said
    base = "base.dump" if connection.vendor == "postgresql" else "base.sqlite3"
    held = {base, "manifeste.json", "media/images/a.jpg", "media/images/é «b».txt"}
    assert held <= set(world["in_the_archive"])


def test_it_is_not_restored_under_a_portal_that_works(world: dict[str, Any]) -> None:
    went, said = world["refused_in_use"]
    assert not went
    assert "tourne encore" in said


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("truncated", "abîmée ou incomplète"),
        ("one byte", "abîmée"),
        ("empty", "abîmée ou incomplète"),
        ("a letter", "abîmée ou incomplète"),
        ("newer format", "version plus récente"),
        ("newer migrations", "version plus récente"),
        ("another department", "département 59"),
        ("another database", "autre sorte de base"),
        ("rows missing", "pas toutes leurs lignes"),
        ("outside", "ne contient pas ce qu’elle annonce"),
    ],
)
def test_a_bad_archive_is_refused_and_nothing_is_changed(
    world: dict[str, Any], broken: str, words: str
) -> None:
    was_refused, said, is_as_it_was = world["refused"][broken]
    assert was_refused
    assert words in said
    assert is_as_it_was, said


def test_a_full_disk_changes_nothing(world: dict[str, Any]) -> None:
    full = world["full"]
    assert not full["backup"][0]
    assert not full["restore"][0]
    assert "est plein" in full["backup"][1]
    assert "est plein" in full["restore"][1]
    assert full["same_archives"]
    assert full["same_portal"]
    assert full["left_over"] == []


def test_a_killed_backup_leaves_no_archive_that_is_not_whole(world: dict[str, Any]) -> None:
    assert world["killed"]["made"] > 0
    assert (world["killed"]["bad"], world["killed"]["drafts"]) == (0, 0)


def test_a_killed_restore_leaves_the_portal_as_it_was(world: dict[str, Any]) -> None:
    assert world["left_by_killed_restores"] == []


def test_an_archive_may_be_checked_without_being_restored(world: dict[str, Any]) -> None:
    (went, said), is_as_it_was = world["dry"]
    assert went, said
    assert "entière et lisible" in said
    assert is_as_it_was


def test_the_portal_comes_back_whole(world: dict[str, Any]) -> None:
    went, said = world["restored"]
    assert went, said
    assert "s par Go" in said
    before, after = world["before"], world["after"]
    assert "Après la sauvegarde" in before["titles"]
    assert "Après la sauvegarde" not in after["titles"]
    assert "Le grand tilleul" in after["titles"]
    assert "Le grand tilleul" in world["found"][1], "the search does not find what came back"
    assert after["sessions"] == 0
    assert world["left_over"] == []


def test_who_was_erased_since_does_not_come_back(world: dict[str, Any]) -> None:
    assert world["after"]["people"] == ["reste@exemple.fr"]
    assert "Personnes effacées à nouveau : 1" in world["restored"][1]


def test_media_come_back_readable_by_the_web_server_whatever_the_umask(
    world: dict[str, Any],
) -> None:
    assert world["after"]["modes"] == {
        "images": "0o755",
        "images/a.jpg": "0o644",
        "images/é «b».txt": "0o644",
    }


def test_what_was_there_is_saved_first(world: dict[str, Any]) -> None:
    assert "Sauvegarde de ce qui est là" in world["restored"][1]


def test_the_newest_archive_is_restored_beside_and_counted(world: dict[str, Any]) -> None:
    went, said = world["tested"]
    assert went, said
    assert "Testée le" in said
    assert " 1 médias remis" in said


def test_the_job_saves_once_a_night_and_says_where(world: dict[str, Any]) -> None:
    went, said = world["night"]
    assert went, said
    assert "Dernière sauvegarde : le" in said
    assert "/backups/portail-13-" in said
    assert world["mode"] == "0o600", "others would read people's addresses"


def test_another_machine_with_other_keys_is_told_before(world: dict[str, Any]) -> None:
    went, said = world["other_keys"]
    assert went
    assert "PORTAL_HASH_KEY n’est pas celle de la sauvegarde" in said
    assert "SECRET_KEY n’est pas celle de la sauvegarde" in said
    assert "les renvoyer" in said
    assert not world["refused_other_hash_key"][0]
    assert "--other-hash-key" in world["refused_other_hash_key"][1]


def test_an_encrypted_archive_opens_with_its_key_only(world: dict[str, Any]) -> None:
    found = world["encrypted"]
    assert found["saved"][0], found["saved"][1]
    assert Path(found["name"]).suffixes == [".zip", ".age"]
    assert not found["readable"]
    assert found["restored"][0], found["restored"][1]
    assert "Le grand tilleul" in found["after"]["titles"]
    assert [found[name][0] for name in ("other_key", "no_key", "cut")] == [False] * 3
    assert "n’est pas la clé" in found["other_key"][1]
    assert "chiffrée" in found["no_key"][1]
    assert "abîmé" in found["cut"][1]


def test_media_of_a_bucket_are_saved_and_come_back(world: dict[str, Any]) -> None:
    found = world["bucket"]
    assert found["saved"][0], found["saved"][1]
    assert {"media/images/a.jpg", "media/images/é «b».txt"} <= set(found["names"])
    assert found["tested"][0], found["tested"][1]
    assert found["changed"]
    assert found["restored"][0], found["restored"][1]
    assert found["same"], "the bucket is not as it was saved"
