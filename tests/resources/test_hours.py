"""What opening hours say, to the minute, in Paris."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from resources.opening_hours.schedule import PARIS, DatedClosure, OpeningTimes, format_time

WORKDAYS = "Mo-Fr 09:00-12:00,13:00-17:30; PH off"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def said(text: str, moment: str, *closures: DatedClosure) -> str | None:
    status = OpeningTimes(text, closures).status(at(moment))
    return status.sentence.replace("\u00a0", " ") if status else None


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-10 10:00", "Ouvert maintenant, ferme à 12 h"),
        ("2026-11-10 12:30", "Fermé, ouvre à 13 h"),
        ("2026-11-10 17:29", "Ouvert maintenant, ferme à 17 h 30"),
        ("2026-11-10 08:59", "Fermé, ouvre à 9 h"),
        ("2026-11-12 17:30", "Fermé, ouvre demain à 9 h"),
        ("2026-11-13 18:00", "Fermé, ouvre lundi à 9 h"),
    ],
)
def test_a_lunch_break_and_a_week_end_are_told(moment: str, sentence: str) -> None:
    assert said(WORKDAYS, moment) == sentence


def test_a_public_holiday_closes_the_place() -> None:
    assert said(WORKDAYS, "2026-11-10 18:00") == "Fermé, ouvre jeudi à 9 h"
    assert said(WORKDAYS, "2026-11-11 10:00") == "Fermé, ouvre demain à 9 h"
    assert said(WORKDAYS, "2027-03-29 10:00") == "Fermé, ouvre demain à 9 h"  # Easter Monday


def test_a_place_that_says_nothing_of_holidays_keeps_its_usual_hours() -> None:
    assert said("Mo-Fr 09:00-12:00", "2026-11-11 10:00") == "Ouvert maintenant, ferme à 12 h"


def test_a_night_runs_into_the_next_day() -> None:
    assert said("Mo-Su 20:00-06:00", "2026-11-10 23:00") == "Ouvert maintenant, ferme demain à 6 h"
    assert said("Mo-Su 20:00-06:00", "2026-11-11 05:00") == "Ouvert maintenant, ferme à 6 h"


def test_closing_at_midnight_is_said_as_people_say_it() -> None:
    assert said("Mo-Su 09:00-24:00", "2026-11-10 23:00") == "Ouvert maintenant, ferme à minuit"


def test_a_place_that_never_closes_says_so() -> None:
    assert said("24/7", "2026-11-10 03:00") == "Ouvert 24 h/24, 7 j/7"


def test_a_far_opening_is_told_by_its_date() -> None:
    assert said("Dec 01-31 Mo-Fr 09:00-12:00", "2026-11-10 10:00") == (
        "Fermé, ouvre le 1er décembre à 9 h"
    )


def test_a_dated_closure_closes_the_place_and_says_when_it_opens_again() -> None:
    week = DatedClosure(date(2026, 11, 9), date(2026, 11, 13))
    assert said(WORKDAYS, "2026-11-10 10:00", week) == "Fermé, ouvre lundi à 9 h"
    assert said(WORKDAYS, "2026-11-16 10:00", week) == "Ouvert maintenant, ferme à 12 h"


def test_a_closure_before_tonight_does_not_shorten_the_night_before() -> None:
    tomorrow = DatedClosure(date(2026, 11, 12), date(2026, 11, 12))
    assert said("24/7", "2026-11-10 10:00", tomorrow) == "Ouvert maintenant, ferme demain à minuit"


def test_a_closure_until_further_notice_promises_no_opening() -> None:
    closure = DatedClosure(date(2026, 11, 1), None, "Travaux")
    assert said(WORKDAYS, "2026-11-10 10:00", closure) == "Fermé jusqu’à nouvel ordre"


def test_a_closure_counts_even_when_the_hours_are_unknown() -> None:
    closure = DatedClosure(date(2026, 11, 9), date(2026, 11, 13))
    assert said("", "2026-11-10 10:00", closure) == "Fermé jusqu’au 13 novembre"


@pytest.mark.parametrize("text", ["", "selon les jours", "Mo-Fr 9h-12h", "Mo-Fr 25:99-26:00", "\0"])
def test_hours_that_cannot_be_read_never_say_open(text: str) -> None:
    times = OpeningTimes(text)
    assert times.status(at("2026-11-10 10:00")) is None
    assert not times.is_readable
    assert times.weekly_ranges() == {rank: [] for rank in range(7)}


def test_hours_that_depend_on_someone_say_neither_open_nor_closed() -> None:
    assert said('Mo-Fr "sur rendez-vous"', "2026-11-10 10:00") != "Ouvert maintenant"
    assert said("Mo-Fr 09:00-17:00 unknown", "2026-11-10 10:00") is None


def test_a_comment_is_told_with_the_hours() -> None:
    text = 'Mo-Fr 09:00-17:00 "sur rendez-vous"'
    assert said(text, "2026-11-10 10:00") == "Ouvert maintenant (sur rendez-vous), ferme à 17 h"


def test_the_hour_is_that_of_paris_wherever_the_server_is() -> None:
    utc = datetime(2026, 11, 10, 16, 45, tzinfo=ZoneInfo("UTC"))
    status = OpeningTimes(WORKDAYS).status(utc)
    assert status is not None
    assert not status.is_open  # 17 h 45 in Paris


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 10, 24, 7, 30, tzinfo=ZoneInfo("UTC")), True),  # 9 h 30, summer time
        (datetime(2026, 10, 26, 7, 30, tzinfo=ZoneInfo("UTC")), False),  # 8 h 30, winter time
        (datetime(2027, 3, 27, 7, 30, tzinfo=ZoneInfo("UTC")), False),
        (datetime(2027, 3, 28, 7, 30, tzinfo=ZoneInfo("UTC")), True),
    ],
)
def test_the_change_of_hour_is_followed(moment: datetime, is_open: bool) -> None:
    status = OpeningTimes("Mo-Su 09:00-17:00").status(moment)
    assert status is not None
    assert status.is_open is is_open


def test_hours_inside_the_hour_that_does_not_exist_break_nothing() -> None:
    for text in ("Su 02:15-02:45", "Sa 22:00-02:30", "24/7"):
        times = OpeningTimes(text)
        assert times.status(datetime(2027, 3, 28, 0, 30, tzinfo=ZoneInfo("UTC"))) is not None
        assert len(times.week(datetime(2027, 3, 28, 0, 30, tzinfo=ZoneInfo("UTC")))) >= 2


def rows(text: str, moment: str = "2026-11-10 10:00") -> list[tuple[str, tuple[str, ...], bool]]:
    week = OpeningTimes(text).week(at(moment))
    plain = [tuple(s.replace("\u00a0", " ") for s in row.spans) for row in week]
    return [(row.day, spans, row.today) for row, spans in zip(week, plain, strict=True)]


def test_the_week_is_a_row_a_day_with_closed_days_together() -> None:
    table = rows(WORKDAYS)
    assert table[0] == ("Lundi", ("9 h – 12 h", "13 h – 17 h 30"), False)
    assert table[1][0::2] == ("Mardi", True)
    assert table[-1] == ("Samedi et dimanche", (), False)
    assert len(table) == 6


def test_today_has_its_own_row_even_when_closed() -> None:
    table = rows(WORKDAYS, "2026-11-14 10:00")
    assert table[-2:] == [("Samedi", (), True), ("Dimanche", (), False)]


def test_more_than_two_closed_days_are_told_as_a_range() -> None:
    assert rows("Mo 09:00-12:00", "2026-11-09 10:00")[1:] == [("Du mardi au dimanche", (), False)]


def test_a_holiday_does_not_change_the_usual_week_but_is_noted() -> None:
    assert rows(WORKDAYS)[2] == ("Mercredi", ("9 h – 12 h", "13 h – 17 h 30"), False)
    notes = OpeningTimes(WORKDAYS).notes(at("2026-11-10 10:00"))
    assert notes == ["Fermé le mercredi 11 novembre, jour férié.", "Fermé les jours fériés."]


def test_a_night_belongs_to_the_day_it_starts() -> None:
    assert rows("Fr 20:00-06:00")[3] == ("Vendredi", ("20 h – 6 h",), False)


def test_a_place_open_day_and_night_shows_no_midnight() -> None:
    assert {spans for _day, spans, _today in rows("24/7")} == {("24 h/24",)}


def test_coming_closures_are_told_and_past_ones_are_not() -> None:
    closures = [
        DatedClosure(date(2026, 8, 1), date(2026, 8, 31)),
        DatedClosure(date(2026, 12, 24), date(2027, 1, 1), "Appelez le siège."),
        DatedClosure(date(2026, 11, 20), date(2026, 11, 20)),
    ]
    notes = OpeningTimes("Mo 09:00-12:00", closures).notes(at("2026-11-10 10:00"))
    assert [note.replace("\u00a0", " ") for note in notes] == [
        "Fermé du 24 décembre au 1er janvier : Appelez le siège.",
        "Fermé le 20 novembre.",
    ]


def test_hours_that_change_with_the_season_are_not_told_as_every_week() -> None:
    assert OpeningTimes(WORKDAYS).is_weekly
    assert OpeningTimes("24/7").is_weekly
    assert not OpeningTimes("Jul-Aug Mo-Fr 09:00-12:00").is_weekly
    assert not OpeningTimes("Mo[1] 14:00-16:00").is_weekly


def test_times_are_written_the_french_way() -> None:
    assert format_time(at("2026-11-10 09:05")) == "9\u00a0h\u00a005"
    assert format_time(at("2026-11-10 00:00")) == "minuit"
