"""The 106 criteria of the RGAA 4.1.2, and how far each was checked on this portal."""

import csv
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

_TABLE = Path(__file__).parent / "data" / "rgaa.tsv"


class CriterionState(models.TextChoices):
    """How a criterion was checked. None says that it is met: only an audit does."""

    AUTOMATED = "automated", _("des tests automatiques en voient une partie")
    HAND = "hand", _("essayé à la main")
    FAILING = "failing", _("une faute est connue")
    UNCHECKED = "unchecked", _("pas encore vérifié")
    NOT_APPLICABLE = "not_applicable", _("sans objet")


class Criterion(NamedTuple):
    """``proof``: names of tests; « date : result » by hand; why it does not apply; the fault."""

    number: str
    theme: str
    criterion: str
    state: CriterionState
    proof: str

    @property
    def is_told(self) -> bool:
        """Whether its proof is written for readers; the names of tests are not."""
        return bool(self.proof) and self.state != CriterionState.AUTOMATED


class CriteriaTheme(NamedTuple):
    """The criteria of one of the thirteen themes, in their order."""

    name: str
    criteria: list[Criterion]

    @property
    def unchecked(self) -> list[Criterion]:
        return [one for one in self.criteria if one.state == CriterionState.UNCHECKED]


@cache
def read_criteria() -> tuple[Criterion, ...]:
    """The grid, in the order of its numbers. The wording is the portal's own."""
    with _TABLE.open(encoding="utf-8") as table:
        return tuple(
            Criterion(**{**row, "state": CriterionState(row["state"])})  # type: ignore[arg-type]
            for row in csv.DictReader(table, delimiter="\t")
        )


def criteria_themes() -> list[CriteriaTheme]:
    return [
        CriteriaTheme(name, list(criteria))
        for name, criteria in groupby(read_criteria(), key=lambda one: one.theme)
    ]


def count_by_state() -> list[tuple[CriterionState, int]]:
    """How many criteria are in each state that has any, in the order of the states."""
    states = [one.state for one in read_criteria()]
    return [(state, states.count(state)) for state in CriterionState if state in states]
