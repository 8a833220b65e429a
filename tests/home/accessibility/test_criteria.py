"""The grid of the RGAA names what checks each criterion, and the declaration says no more."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

import pytest

from home.accessibility.criteria import CriterionState, read_criteria
from home.blocks.accessibility import AccessibilityBlock

TESTS = {
    name
    for file in (Path(settings.BASE_DIR) / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
}
#: How many criteria each of the thirteen themes of the RGAA 4.1.2 has.
BY_THEME = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]


def test_the_grid_has_the_criteria_of_each_theme_in_order() -> None:
    numbers = [one.number for one in read_criteria()]
    expected = [
        f"{theme}.{n}" for theme, last in enumerate(BY_THEME, 1) for n in range(1, last + 1)
    ]
    assert numbers == expected
    assert list(Counter(one.theme for one in read_criteria()).values()) == BY_THEME


def test_each_criterion_names_what_was_done_for_it() -> None:
    for one in read_criteria():
        assert one.criterion, one.number
        if one.state == CriterionState.AUTOMATED:
            assert set(one.proof.split(", ")) <= TESTS, one.number
        elif one.state == CriterionState.HAND:
            day, _colon, result = one.proof.partition("\u00a0: ")
            assert date.fromisoformat(day), one.number
            assert result, one.number
        else:
            assert bool(one.proof) is (one.state != CriterionState.UNCHECKED), one.number


def declaration(**audit: object) -> str:
    block = AccessibilityBlock()
    return str(block.render(block.clean(block.to_python(audit))))


def test_without_an_audit_the_declaration_says_that_there_is_none() -> None:
    html = declaration()
    assert "aucun audit" in html
    assert "partiellement" not in html
    for one in read_criteria():
        assert one.criterion in html


@pytest.mark.parametrize(
    ("rate", "words"),
    [(100, "totalement conforme"), (72, "partiellement conforme"), (49, "n’est pas conforme")],
)
def test_an_audit_says_its_own_result(rate: int, words: str) -> None:
    html = declaration(audited_on="2027-03-04", audited_by="Cabinet Exemple", rate=rate)
    assert words in html
    assert "4 mars 2027" in html
    assert "aucun audit" not in html


def test_half_an_audit_is_refused() -> None:
    with pytest.raises(ValidationError):
        declaration(audited_by="Cabinet Exemple")
