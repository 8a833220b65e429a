"""Each alert that the portal can raise has its line in ``operations.md``: why, and what to do."""

import re
from pathlib import Path

from django.conf import LazySettings, settings
from django.test import Client

import pytest

from portal.backups import periodic_jobs as backup_jobs
from portal.backups import state as backup_state
from portal.backups.folder import TrialRecord
from portal.jobs import registry, standstill

GUIDE = (Path(settings.BASE_DIR) / "portal/docs/operations.md").read_text()
SECTION = GUIDE.partition("\n## Quand une alerte arrive\n")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("| ") and not line.startswith("| Ce que vous voyez")
]


def advice_for(words: str) -> str:
    """What the guide says to do when that is seen; the words may end with a date or a name."""
    return next((what for seen, why, what in ROWS if words in seen and why and what), "")


def test_each_line_says_what_is_seen_why_and_what_to_do() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []


def test_each_thing_that_stands_still_has_its_line(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.PORTAL_NIGHTLY_BACKUP = True
    monkeypatch.setattr(standstill, "_watches", dict(standstill._watches))
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    backup_jobs.register()
    assert {"mail", "letter", "imports", "pages", "backup"} <= standstill._watches.keys()
    for name, watch in standstill._watches.items():
        assert advice_for(f"« {watch.label} depuis"), watch.label
        assert advice_for(f"`{name}`"), name


@pytest.mark.django_db
def test_each_sentence_about_the_jobs_has_its_line() -> None:
    assert advice_for("« Les tâches du portail ne tournent plus depuis")
    assert advice_for("n’ont jamais tourné")
    assert advice_for("« Une tâche du portail n’aboutit pas")
    assert all(advice_for(f"`{name}`") for name in ("worker", "jobs"))
    for code in re.findall(r'Standstill\("(\w+)"', Path(standstill.__file__).read_text()):
        assert advice_for(f"`{code}`"), code


@pytest.mark.django_db
def test_each_word_of_readyz_has_its_line(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PORTAL_CERTIFICATE_FILE = str(tmp_path / "missing.pem")
    said = client.get("/readyz").json()
    assert said["certificate"] == "unreadable"
    for name in said.keys() - {"ready"}:
        assert advice_for(f"`/readyz` : `{name}`"), name


def test_each_sentence_about_backups_has_its_line(settings: LazySettings, tmp_path: Path) -> None:
    settings.PORTAL_BACKUP_DIR = str(tmp_path)
    assert backup_state.describe_state().startswith("Aucune sauvegarde dans")
    assert advice_for("« Aucune sauvegarde dans")
    failed = TrialRecord("a.zip", "2026-11-30T02:30:00+01:00", 0, 0, 0, 1.0, "elle est abîmée.")
    assert "ne se restaure pas" in backup_state.describe_test(failed)
    assert advice_for("ne se restaure pas »")
    assert advice_for("« Aucune n’a encore été testée »")
