"""The table of security requirements names code and tests that exist, and all of level 1."""

import csv
import re
from datetime import date
from pathlib import Path

from django.conf import settings

import pytest

ROOT = Path(settings.BASE_DIR)
TABLE = ROOT / "portal/security/data/asvs.tsv"
MEASURES = ROOT / "portal/docs/measures.md"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t"))
#: How many requirements OWASP ASVS 5.0.0 has at its first level.
FIRST_LEVEL = 70
STATES = {"held", "partly", "not", "none"}
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
}


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def test_each_requirement_of_the_first_level_is_answered_once() -> None:
    numbers = [row["number"] for row in ROWS]
    assert len(numbers) == len(set(numbers))
    assert sum(row["level"] == "1" for row in ROWS) == FIRST_LEVEL


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["number"])
def test_a_requirement_names_what_holds_it_and_what_proves_it(row: dict[str, str]) -> None:
    assert re.fullmatch(r"\d{1,2}\.\d\.\d{1,2}", row["number"])
    assert row["level"] in ("1", "2", "3")
    assert row["state"] in STATES
    assert row["what"]
    assert [path for path in parts(row["code"]) if not (ROOT / path).exists()] == []
    proofs = parts(row["checked"])
    assert bool(proofs and row["code"]) is (row["state"] != "none")
    for proof in proofs:
        if proof.startswith("hand "):
            date.fromisoformat(proof.removeprefix("hand "))
        else:
            assert proof in TESTS, proof


def test_the_tests_that_hold_a_goal_exist() -> None:
    named = re.findall(r"`(test_\w+)`", MEASURES.read_text())
    assert len(named) > 60
    assert [name for name in named if name not in TESTS] == []
