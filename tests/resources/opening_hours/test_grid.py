"""The weekly grid of the editor."""

from django.forms import CharField, Form

import pytest

from resources.opening_hours.grid import read_grid
from resources.opening_hours.validators import validate_opening_hours
from resources.opening_hours.widgets import OpeningHoursWidget


class HoursForm(Form):
    hours = CharField(
        required=False, validators=[validate_opening_hours], widget=OpeningHoursWidget
    )


def filled(**ranges: tuple[str, str]) -> dict[str, str]:
    data = {}
    for key, (start, end) in ranges.items():
        _d, day, number = key.split("_")
        data[f"hours-{day}-{number}-start"] = start
        data[f"hours-{day}-{number}-end"] = end
    return data


def test_a_filled_grid_is_written_as_one_short_text() -> None:
    data = filled(**{f"d_{d}_0": ("09:00", "12:00") for d in range(5)}, d_5_0=("10:00", "11:00"))
    form = HoursForm({**data, "hours-holidays": "1"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "Mo-Fr 09:00-12:00; Sa 10:00-11:00; PH off"


def test_an_empty_grid_says_nothing() -> None:
    form = HoursForm({"hours-holidays": "1"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == ""


def test_a_half_filled_range_is_refused_and_kept() -> None:
    form = HoursForm(filled(d_0_0=("09:00", ""), d_1_0=("14:00", "16:00")))
    assert not form.is_valid()
    assert "heure de fin" in form.errors["hours"][0]
    html = str(form["hours"])
    assert 'name="hours-0-0-start" value="09:00"' in html
    assert 'name="hours-1-0-end" value="16:00"' in html


def test_the_text_wins_over_the_grid() -> None:
    data = {**filled(d_0_0=("09:00", "12:00")), "hours-text": "Mo[1] 14:00-16:00"}
    form = HoursForm(data)
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "Mo[1] 14:00-16:00"


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-12:00,13:00-17:00; PH off",
        "Mo 09:00-12:00; We-Th 14:00-16:00",
        "Fr 20:00-06:00",
        "",
    ],
)
def test_what_the_grid_can_say_comes_back_the_same(text: str) -> None:
    grid = read_grid(text)
    assert grid is not None
    assert grid.as_osm() == text


def test_a_later_rule_replaces_the_day_it_names() -> None:
    grid = read_grid("Mo-Fr 09:00-12:00; We off; Sa,Su 10:00-11:00; PH closed")
    assert grid is not None
    assert grid.as_osm() == ("Mo-Tu 09:00-12:00; Th-Fr 09:00-12:00; Sa-Su 10:00-11:00; PH off")


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "Mo[1] 14:00-16:00",
        "Jul-Aug Mo-Fr 09:00-12:00",
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "PH 10:00-12:00",
        'Mo-Fr 09:00-12:00 "sur rendez-vous"',
        "n’importe quoi",
    ],
)
def test_what_the_grid_cannot_say_stays_as_text(text: str) -> None:
    assert read_grid(text) is None
    html = OpeningHoursWidget().render("hours", text, {"id": "id_hours"})
    assert "<details open>" in html
    assert 'name="hours-text" value="' in html
