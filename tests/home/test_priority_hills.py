"""The project in a picture: hills that say the figures of the roadmap, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

import pytest

from actions.progress import ActionProgress
from home.priority_hills import draw_hills
from home.project_years import project_moments


@dataclass
class Row:
    number: int
    progress: ActionProgress


def progress(done: int = 0, running: int = 0, proposed: int = 0) -> ActionProgress:
    return ActionProgress({"realisee": done, "en_cours": running, "proposee": proposed})


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([progress(3, 2), progress(0, 0, 2)], ["3/5", "0/2"]),
        ([progress(1), progress()], ["1/1", "0"]),
        ([progress(0, 1, 40)], ["0/41"]),
    ],
)
def test_each_hill_says_how_many_of_its_actions_are_done(
    rows: list[ActionProgress], labels: list[str]
) -> None:
    drawing = draw_hills([Row(n, one) for n, one in enumerate(rows, 1)], progress(1, 1, 1))
    assert drawing is not None
    assert [hill.label for hill in drawing.hills] == labels
    for hill, known in zip(drawing.hills, rows, strict=True):
        assert 0 <= hill.done <= hill.running <= 184 - hill.top
        assert hill.is_empty is (known.total == 0)
    assert "1 action réalisée sur 3" in drawing.description


def test_more_actions_make_a_higher_hill() -> None:
    drawing = draw_hills([Row(1, progress(1)), Row(2, progress(4)), Row(3, progress())], progress())
    assert drawing is not None
    low, high, none = drawing.hills
    assert none.top > low.top > high.top


def test_a_project_without_any_action_has_no_picture() -> None:
    assert draw_hills([Row(1, progress()), Row(2, progress())], progress()) is None
    assert draw_hills([], progress()) is None


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [
        (None, None, []),
        (2021, None, ["2021", "Aujourd’hui", "Plus tard"]),
        (2021, 2026, ["2021", "Aujourd’hui", "Fin 2026"]),
        (2021, 2025, ["2021", "2025", "Aujourd’hui"]),
    ],
)
def test_the_years_say_only_what_is_known(
    first: int | None, last: int | None, titles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    moments = project_moments(first, last, progress(2, 1))
    assert [moment.day for moment in moments] == titles
    if moments:
        today = next(moment for moment in moments if moment.state == "now")
        assert (today.title, today.word) == ("1er décembre 2026", "2 réalisées, 1 en cours")
