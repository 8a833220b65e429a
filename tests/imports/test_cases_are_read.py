"""Each file that people met trouble with is asserted on by a test that names it."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CASES = sorted(TESTS.glob("*/cases/*")) + sorted(TESTS.glob("*/*/cases/*"))


@pytest.fixture(scope="module")
def words_of_tests() -> str:
    files = (file for file in TESTS.rglob("test_*.py") if file != Path(__file__))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_asserted_on(case: Path, words_of_tests: str) -> None:
    assert case.stem in words_of_tests


def test_there_are_cases() -> None:
    assert len(CASES) > 30
