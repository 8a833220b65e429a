"""A portal of any department: its clock, its holidays, its telephone numbers, its map."""

import io
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from django.test import Client
from django.utils import timezone

import pytest

from home.needs.numbers import CalledLine
from portal.crisis.models import HelpLine
from portal.geo.local_holidays import is_local_holiday
from portal.settings.time_zones import time_zone_of
from portal.text.phone import phone_href
from portal.text.phone_parsing import e164, parse_phone
from resources.finess.geocoding import RawPoint, box_of, epsg_of, locate_point
from resources.finess.rows import read_finess
from resources.hsds.schedules import schedules
from resources.indexing.open_periods import open_now
from resources.listing.models import DirectoryPage
from resources.opening_hours.opening_times import OpeningTimes
from resources.validators import readable_phone
from search.understanding.phone_numbers import phone_in
from tests.factories.geo import CommuneFactory
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory

FINESS_974 = Path(__file__).parents[1] / "imports/cases/n1_finess_974.csv"
WORKDAYS = "Mo-Sa 09:00-12:00; PH off"


@pytest.fixture
def portal_of(settings):
    """Make the portal that of a department, as its settings would."""

    def choose(department: str) -> None:
        settings.PORTAL_DEPARTEMENT = department
        settings.TIME_ZONE = time_zone_of(department)

    return choose


def said(text: str, moment: datetime) -> str | None:
    status = OpeningTimes(text).status(moment)
    return status.sentence.replace("\u00a0", " ") if status else None


@pytest.mark.parametrize(
    ("department", "hour_in_london"),
    [("974", 5), ("976", 6), ("971", 13), ("972", 13), ("973", 12), ("975", 12), ("13", 8),
     ("67", 8)],
)  # fmt: skip
def test_half_past_nine_is_that_of_the_place(
    portal_of, department: str, hour_in_london: int
) -> None:
    portal_of(department)
    moment = datetime(2026, 11, 10, hour_in_london, 30, tzinfo=UTC)
    assert timezone.localtime(moment).strftime("%H:%M") == "09:30"
    assert said(WORKDAYS, moment) == "Ouvert maintenant, ferme à 12 h"
    assert said(WORKDAYS, moment.replace(hour=hour_in_london - 1)) == "Fermé, ouvre à 9 h"


def test_the_department_of_the_environment_gives_the_clock() -> None:
    code = "import portal.settings.base as s; print(s.PORTAL_DEPARTEMENT, s.TIME_ZONE)"
    root = Path(__file__).parents[2]
    for department, zone in (("974", "Indian/Reunion"), ("67", "Europe/Paris")):
        environment = os.environ | {"PORTAL_DEPARTEMENT": department}
        run = [sys.executable, "-c", code]
        shown = subprocess.run(  # noqa: S603 (our own interpreter)
            run, cwd=root, env=environment, capture_output=True, check=True
        )
        assert shown.stdout.decode().split() == [department, zone]


@pytest.mark.parametrize(
    ("department", "day"),
    [
        ("67", date(2026, 4, 3)),  # Good Friday
        ("68", date(2027, 3, 26)),
        ("57", date(2028, 4, 14)),
        ("67", date(2026, 12, 26)),
        ("974", date(2026, 12, 20)),
        ("976", date(2026, 4, 27)),
        ("973", date(2026, 6, 10)),
        ("972", date(2026, 5, 22)),
        ("971", date(2026, 5, 27)),
    ],
)
def test_the_holidays_of_a_department_close_its_places_and_no_others(
    portal_of, department: str, day: date
) -> None:
    morning = datetime(day.year, day.month, day.day, 10)
    portal_of(department)
    assert is_local_holiday(day)
    local = morning.replace(tzinfo=timezone.get_default_timezone())
    week = "Mo-Su 09:00-12:00; PH off"
    assert said(week, local) != "Ouvert maintenant, ferme à 12 h"
    assert said("Mo-Su 14:00-16:00; PH 09:00-12:00", local) == "Ouvert maintenant, ferme à 12 h"
    assert any("jour férié" in note for note in OpeningTimes(week).notes(local))
    portal_of("13")
    local = morning.replace(tzinfo=timezone.get_default_timezone())
    assert not is_local_holiday(day)
    assert said(week, local) == "Ouvert maintenant, ferme à 12 h"


@pytest.mark.parametrize("department", ["67", "974"])
def test_the_national_holidays_close_places_everywhere(portal_of, department: str) -> None:
    portal_of(department)
    for day in (date(2026, 11, 11), date(2026, 5, 1), date(2027, 3, 29)):
        local = datetime(day.year, day.month, day.day, 10, tzinfo=timezone.get_default_timezone())
        assert said("Mo-Su 09:00-12:00; PH off", local) == "Fermé, ouvre demain à 9 h"


def test_the_national_holidays_of_the_two_libraries_are_the_same() -> None:
    from holidays import country_holidays
    from opening_hours import OpeningHours

    holidays = OpeningHours("PH", country="FR", auto_country=False)
    for year in (2026, 2030, 2035):
        national = country_holidays("FR", years=year)
        days = (date.fromordinal(date(year, 1, 1).toordinal() + rank) for rank in range(365))
        told = [day for day in days if holidays.is_open(datetime(day.year, day.month, day.day, 9))]
        assert told == sorted(national)


@pytest.mark.parametrize(
    ("typed", "written", "dialled"),
    [
        ("0262902020", "0262 90 20 20", "+262262902020"),
        ("0262 90.20-20", "0262 90 20 20", "+262262902020"),
        ("+262 692 12 34 56", "0692 12 34 56", "+262692123456"),
        ("0269 61 12 34", "0269 61 12 34", "+262269611234"),
        ("0639 01 23 45", "0639 01 23 45", "+262639012345"),
        ("0590 93 12 34", "0590 93 12 34", "+590590931234"),
        ("0690 12 34 56", "0690 12 34 56", "+590690123456"),
        ("0596 55 20 00", "0596 55 20 00", "+596596552000"),
        ("0594 39 50 50", "0594 39 50 50", "+594594395050"),
        ("0508 41 22 33", "0508 41 22 33", "+508412233"),
        ("04 91 38 54 60", "04 91 38 54 60", "+33491385460"),
        ("00262 262 90 20 20", "0262 90 20 20", "+262262902020"),
        ("+33 262 90 20 20", "0262 90 20 20", "+262262902020"),
        ("+33 (0)692 12 34 56", "0692 12 34 56", "+262692123456"),
        ("0033 590 81 12 34", "0590 81 12 34", "+590590811234"),
        ("+33 (0)4 91 38 54 60", "04 91 38 54 60", "+33491385460"),
        ("04\u202f91\u202f38\u202f54\u202f60", "04 91 38 54 60", "+33491385460"),
    ],
)
def test_an_overseas_number_is_french_and_is_dialled_as_such(
    typed: str, written: str, dialled: str
) -> None:
    assert readable_phone(typed) == written
    number = parse_phone(written)
    assert number is not None
    assert e164(number) == dialled
    assert phone_href(written) == f"tel:{dialled}"
    assert phone_in(f"à qui est le {written} ?") == dialled


@pytest.mark.parametrize(
    "typed", ["0262 90 20 20 ; 0692 12 34 56", "04 91 38 54 60 / 61", "+33 26"]
)
def test_two_numbers_in_one_field_lose_none_of_them(typed: str) -> None:
    assert parse_phone(typed) is None


@pytest.mark.parametrize(
    ("stored", "called"),
    [
        ("+33 (0)4 91 38 54 60", "tel:+33491385460"),
        ("0033 4 91 38 54 60", "tel:+33491385460"),
        ("00 262 262 90 20 20", "tel:+262262902020"),
        ("3114", "tel:3114"),
        ("0 800 235 236", "tel:0800235236"),
    ],
)
def test_whatever_is_stored_is_dialled_right(stored: str, called: str) -> None:
    assert phone_href(stored) == called


def test_hsds_says_hours_west_of_london(portal_of) -> None:
    portal_of("971")
    (row,) = schedules("a", OpeningTimes("Mo 09:00-12:00"), "")
    assert (row["opens_at"], row["closes_at"], row["timezone"]) == (
        "09:00-04:00",
        "12:00-04:00",
        -4,
    )


def test_a_national_help_line_is_told_by_the_clock_of_paris(
    portal_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 10 h 30 in La Réunion, 7 h 30 in Paris.
    moment = datetime(2026, 11, 10, 6, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    line = HelpLine(number="0 800 00 00 00", opening_hours="Mo-Su 09:00-23:00")
    portal_of("974")
    status = CalledLine(line).status
    assert status is not None
    assert not status.is_open
    assert status.sentence.replace("\u00a0", " ") == "Fermé, ouvre à 9 h (heure de Paris)"
    portal_of("13")
    status = CalledLine(line).status
    assert status is not None
    assert status.sentence.replace("\u00a0", " ") == "Fermé, ouvre à 9 h"


@pytest.mark.parametrize(
    ("department", "words", "point", "place"),
    [
        ("974", "UTM_S40", (338000, 7690000), (-20.88, 55.44)),
        ("974", "", (338000, 7690000), (-20.88, 55.44)),
        ("971", "UTM_N20", (655000, 1796000), (16.24, -61.55)),
        ("972", "", (709000, 1616000), (14.61, -61.06)),
        ("973", "UTM_N22", (352000, 545000), (4.93, -52.33)),
        ("976", "", (524000, 8588000), (-12.78, 45.22)),
        ("13", "LAMBERT_93", (893000, 6247000), (43.29, 5.38)),
    ],
)
def test_a_point_is_read_in_the_projection_of_its_department(
    department: str, words: str, point: tuple[int, int], place: tuple[float, float]
) -> None:
    raw = RawPoint(*point, epsg_of(words, department))
    found, remarks = locate_point([raw], box_of(department))
    assert found == pytest.approx(place, abs=0.05)
    assert remarks == ()


def test_finess_of_la_reunion_keeps_the_phone_and_the_point(db: None, portal_of) -> None:
    portal_of("974")
    ResourceTypeFactory(code="CMP", finess_category="156")
    CommuneFactory(
        code="97411", name="Saint-Denis", slug="saint-denis", postcodes="|97400|", department="974"
    )
    (row,) = read_finess(io.BytesIO(FINESS_974.read_bytes())).rows
    assert row.values["phone"] == "0262 90 20 20"
    point = (row.values["lat"], row.values["lon"])
    assert point == pytest.approx((-20.88, 55.44), abs=0.02)


def test_a_portal_of_la_reunion_says_open_at_half_past_nine_there(
    directory: DirectoryPage, reader: Client, portal_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal_of("974")
    moment = datetime(2026, 11, 10, 5, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    entry = ResourcePageFactory(
        parent=directory, opening_hours="Mo-Fr 09:00-12:00", phone="0262 90 20 20"
    )
    html = reader.get(entry.url).content.decode().replace("\u00a0", " ")
    assert "Ouvert maintenant, ferme à 12 h" in html
    assert 'href="tel:+262262902020"' in html
    assert open_now() == {f"page:{entry.pk}"}
