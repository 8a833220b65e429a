"""What opening hours say, to the minute, in Paris."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

import pytest

from resources.moderation.diff import format_hours
from resources.opening_hours.closures import DatedClosure
from resources.opening_hours.one_line import format_week
from resources.opening_hours.opening_times import OpeningTimes
from resources.opening_hours.time_format import format_time
from resources.opening_hours.validators import validate_told_hours
from resources.opening_hours.weekly_slots import weekly_slots

PARIS = ZoneInfo("Europe/Paris")

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


@pytest.mark.parametrize(
    ("text", "moment", "condition"),
    [
        ('"sur rendez-vous"', "2026-11-10 10:00", "Sur rendez-vous"),
        ('Mo-Fr "sur rendez-vous"', "2026-11-10 10:00", "Sur rendez-vous"),
        ('Mo-Fr 09:00-12:00; Sa "appelez avant"', "2026-11-14 10:00", "Appelez avant"),
        ('24/7 "sur rendez-vous"', "2026-11-10 10:00", "Sur rendez-vous"),
        ('Mo-Su open "uniquement sur RDV"', "2026-11-10 10:00", "Uniquement sur RDV"),
        ('PH "garde"; Mo-Fr 09:00-12:00, PH "garde"', "2026-11-11 15:00", "Garde"),
        ('Mo-Fr 09:00-12:00 || "sur rendez-vous"', "2026-11-10 13:00", "Sur rendez-vous"),
        ('Mo-Fr 09:00-12:00; PH off || "sur rendez-vous"', "2026-11-11 10:00", "Sur rendez-vous"),
        ("Mo 09:00-12:00+", "2026-11-09 14:00", ""),
        ("Mo 09:00+", "2026-11-09 10:00", ""),
        ("Mo-Fr unknown", "2026-11-10 10:00", ""),
        ("Mo-Fr 09:00-17:00; SH off", "2026-11-10 10:00", ""),
        ("Mo-Fr 09:00-sunset", "2026-11-10 10:00", ""),
        ("PH off", "2026-11-10 10:00", ""),
    ],
)
def test_what_is_not_known_is_told_neither_open_nor_closed(
    text: str, moment: str, condition: str
) -> None:
    assert said(text, moment) is None
    assert OpeningTimes(text).condition(at(moment)) == condition


def test_no_closing_is_promised_where_what_follows_is_not_known() -> None:
    assert said('Mo-Fr 09:00-12:00 || "sur rendez-vous"', "2026-11-10 10:00") == "Ouvert maintenant"
    assert said("Mo 09:00-12:00+", "2026-11-09 10:00") == "Ouvert maintenant"


def test_no_opening_is_promised_over_a_day_that_is_not_known() -> None:
    assert said('Mo-Fr 09:00-12:00; Sa "sur rendez-vous"', "2026-11-13 13:00") == "Fermé"


@pytest.mark.parametrize(
    ("text", "moment", "sentence"),
    [
        # The night of 30 April goes on, the one of 1 May does not begin.
        ("Mo-Fr 18:00-03:00; PH off", "2026-05-01 01:00", "Ouvert maintenant, ferme à 3 h"),
        ("Mo-Fr 18:00-03:00; PH off", "2026-05-01 04:00", "Fermé, ouvre lundi à 18 h"),
        ("Mo-Fr 18:00-03:00; PH off", "2026-05-01 20:00", "Fermé, ouvre lundi à 18 h"),
        ("Mo-Fr 18:00-03:00; PH off", "2026-05-02 01:00", "Fermé, ouvre lundi à 18 h"),
        # The same with a weekday, a date and a long night.
        ("Fr 22:00-06:00; Sa off", "2026-11-14 05:00", "Ouvert maintenant, ferme à 6 h"),
        ("Mo-Su 20:00-02:00; Dec 25 off", "2026-12-25 01:30", "Ouvert maintenant, ferme à 2 h"),
        ("Mo-Su 20:00-02:00; Dec 25 off", "2026-12-26 01:30", "Fermé, ouvre à 20 h"),
        ("We 08:00-26:00; Th 10:00-12:00", "2026-11-12 01:00", "Ouvert maintenant, ferme à 2 h"),
        ("Tu 20:00-04:00; We 02:00-05:00", "2026-11-11 03:00", "Ouvert maintenant, ferme à 5 h"),
    ],
)
def test_a_day_of_closure_does_not_cut_the_night_before(
    text: str, moment: str, sentence: str
) -> None:
    assert said(text, moment) == sentence


def test_a_dated_closure_begins_after_the_night_before_it() -> None:
    closure = DatedClosure(date(2026, 11, 12), date(2026, 11, 12))
    night = "Mo-Su 20:00-06:00"
    assert said(night, "2026-11-12 05:00", closure) == "Ouvert maintenant, ferme à 6 h"
    assert said(night, "2026-11-13 05:00", closure) == "Fermé, ouvre à 20 h"


@pytest.mark.parametrize(
    ("since", "until", "note", "badge"),
    [
        ("2026-12-24", "2027-01-01", "Fermé du 24 décembre 2026 au 1er janvier 2027.", None),
        ("2027-01-04", "2027-01-08", "Fermé du 4 janvier 2027 au 8 janvier 2027.", None),
        ("2025-12-01", None, "Fermé depuis le 1er décembre 2025, jusqu’à nouvel ordre.", None),
        ("2026-11-01", "2027-01-03", None, "Fermé jusqu’au 3 janvier 2027"),
        ("2026-11-01", "2026-12-03", "Fermé du 1er novembre au 3 décembre.", None),
        ("2027-02-01", "2027-02-01", "Fermé le 1er février 2027.", None),
    ],
)
def test_the_year_of_a_closure_is_said_when_it_is_another_one(
    since: str, until: str | None, note: str | None, badge: str | None
) -> None:
    closure = DatedClosure(date.fromisoformat(since), until and date.fromisoformat(until))
    if note:
        assert OpeningTimes("", [closure]).notes(at("2026-11-10 10:00")) == [note]
    if badge:
        assert said("", "2026-11-10 10:00", closure) == badge


@pytest.mark.parametrize(
    ("text", "words", "inside", "outside"),
    [
        ("Mo-Fr 09:00-17:00; 2026 Dec 24-Jan 2 off",
         "Fermé du 24 décembre 2026 au 2 janvier 2027.", "2027-01-01", "2026-01-05"),
        ("Mo-Fr 09:00-17:00; Dec 24-Jan 2 off",
         "Fermé du 24 décembre au 2 janvier.", "2027-01-01", "2026-01-05"),
        ("Mo-Su 09:00-17:00; 2026 Oct-Mar off",
         "Fermé d’octobre 2026 à mars 2027.", "2027-02-02", "2026-02-02"),
    ],
)  # fmt: skip
def test_dates_that_end_in_another_year_are_told_and_counted_so(
    text: str, words: str, inside: str, outside: str
) -> None:
    times = OpeningTimes(text)
    assert words in " ".join(times.sentences())
    assert "ferme à" not in str(said(text, f"{inside} 10:00"))
    assert said(text, f"{outside} 10:00") == "Ouvert maintenant, ferme à 17 h"


def test_an_opening_in_another_year_says_the_year() -> None:
    far = DatedClosure(date(2026, 11, 1), date(2026, 12, 31))
    assert said("Mo-Fr 09:00-12:00", "2026-12-10 10:00", far) == (
        "Fermé, ouvre le 1er janvier 2027 à 9 h"
    )


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


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")), True),  # 2 h 30, summer time
        (datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("UTC")), True),  # 2 h 30 again
        (datetime(2026, 10, 25, 2, 0, tzinfo=ZoneInfo("UTC")), False),  # 3 h, winter time
        (datetime(2027, 3, 28, 0, 59, tzinfo=ZoneInfo("UTC")), True),  # 1 h 59, winter time
        (datetime(2027, 3, 28, 1, 0, tzinfo=ZoneInfo("UTC")), False),  # 3 h, summer time
    ],
)
def test_a_night_of_a_change_of_hour_ends_at_the_hour_of_its_clock(
    moment: datetime, is_open: bool
) -> None:
    status = OpeningTimes("Sa 22:00-03:00").status(moment)
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
        "Fermé du 24 décembre 2026 au 1er janvier 2027 : Appelez le siège.",
        "Fermé le 20 novembre.",
    ]


def test_hours_that_change_with_the_season_are_not_told_as_every_week() -> None:
    assert OpeningTimes(WORKDAYS).is_weekly
    assert OpeningTimes("24/7").is_weekly
    assert not OpeningTimes("Jul-Aug Mo-Fr 09:00-12:00").is_weekly
    assert not OpeningTimes("Mo[1] 14:00-16:00").is_weekly


WORDS = [
    ('"sur rendez-vous"', "Sur rendez-vous."),
    ('Mo-Fr "sur rendez-vous"', "Du lundi au vendredi : sur rendez-vous."),
    ('Mo-Fr 09:00-12:00 || "sur rendez-vous"',
     "Du lundi au vendredi : 9 h – 12 h. Sinon : sur rendez-vous."),
    ('Mo-Fr 09:00-17:00 "au premier étage"',
     "Du lundi au vendredi : 9 h – 17 h (au premier étage)."),
    ("Mo-Fr 09:00-17:00 unknown", "Du lundi au vendredi : 9 h – 17 h (à confirmer)."),
    ("Mo 09:00+", "Le lundi : à partir de 9 h."),
    ("Mo[1] 14:00-16:00", "Le premier lundi du mois : 14 h – 16 h."),
    ("Th[-1] 18:30-20:00", "Le dernier jeudi du mois : 18 h 30 – 20 h."),
    ("We[2,4] 10:00-12:00",
     "Le deuxième mercredi du mois et le quatrième mercredi du mois : 10 h – 12 h."),
    ("Mo-Fr 09:00-17:00; SH off",
     "Du lundi au vendredi : 9 h – 17 h. Fermé pendant les vacances scolaires."),
    ("Mo 09:00-12:00; SH,PH off",
     "Le lundi : 9 h – 12 h. Fermé pendant les vacances scolaires et les jours fériés."),
    ("SH Mo-Fr 10:00-18:00",
     "Pendant les vacances scolaires, du lundi au vendredi : 10 h – 18 h."),
    ("Jul-Aug Mo-Fr 09:00-12:00", "En juillet et août, du lundi au vendredi : 9 h – 12 h."),
    ("Oct-Mar Sa 09:00-12:00", "D’octobre à mars, le samedi : 9 h – 12 h."),
    ("Jul 14-Aug 20 off; Mo 09:00-12:00",
     "Fermé du 14 juillet au 20 août. Le lundi : 9 h – 12 h."),
    ("2026 Nov 10-2027 Jan 5: Mo 09:00-12:00",
     "Du 10 novembre 2026 au 5 janvier 2027, le lundi : 9 h – 12 h."),
    ("week 1-53/2 Mo 09:00-12:00", "Les semaines impaires, le lundi : 9 h – 12 h."),
    ("week 2-52/2 Mo 09:00-12:00", "Les semaines paires, le lundi : 9 h – 12 h."),
    ("week 10-20 Tu 09:00-12:00", "De la semaine 10 à la semaine 20, le mardi : 9 h – 12 h."),
    ("Mo-Fr,PH 09:00-12:00", "Du lundi au vendredi et les jours fériés : 9 h – 12 h."),
    ("24/7", "24 h/24, 7 j/7."),
    ("24/7; PH off", "24 h/24, 7 j/7. Fermé les jours fériés."),
    ("Mo-Th 09:00-12:00; Fr 09:00-11:00; Sa,Su,PH off",
     "Du lundi au jeudi : 9 h – 12 h ; vendredi : 9 h – 11 h. Fermé les jours fériés."),
    ("selon les jours", "selon les jours"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_any_schedule_is_said_in_words(text: str, words: str) -> None:
    assert format_week(OpeningTimes(text)).replace("\u00a0", " ") == words


def test_what_no_table_says_is_said_by_the_same_words_everywhere() -> None:
    for text, words in WORDS:
        times = OpeningTimes(text)
        if not times.is_weekly:
            assert " ".join(times.week_lines()).replace("\u00a0", " ") == words
            assert " ".join(format_hours(text)).replace("\u00a0", " ") == words


def test_a_table_is_shown_only_where_hours_are_known() -> None:
    assert OpeningTimes("Jul-Aug Mo-Fr 09:00-12:00").has_table
    for text in ('"sur rendez-vous"', 'Mo 09:00-12:00 || "appelez"', "Mo 09:00+", "SH off"):
        assert not OpeningTimes(text).has_table


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mo-Fr 09:00-17:00; SH off", "vacances scolaires"),
        ("SH Mo-Fr 10:00-18:00", "vacances scolaires"),
        ("Mo-Fr 09:00-12:00; SH,PH off", "vacances scolaires"),
        ("Mo-Fr sunrise-sunset", "ne sont pas compris"),
        ("PH off", "ne sont pas compris"),
        ("Mo-Fr 9h-12h", "ne sont pas compris"),
        ("Feb 30 off; Mo 09:00-12:00", "ne sont pas compris"),
    ],
)
def test_what_cannot_be_told_is_refused_at_entry_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        validate_told_hours(text)


def test_times_are_written_the_french_way() -> None:
    assert format_time(at("2026-11-10 09:05")) == "9\u00a0h\u00a005"
    assert format_time(at("2026-11-10 00:00")) == "minuit"


WEEKS = [
    ("Mo-Fr 09:00-12:00,13:30-17:00", ("lu-matin", "ve-apresmidi"), ("sa-matin", "lu-18h")),
    ("Mo-Sa 08:30-18:30", ("sa-18h", "me-midi"), ("di-matin", "lu-19h")),
    ("24/7", ("di-nuit", "sa-20h"), ("lu-inconnu",)),
    ("Fr 20:00-02:00", ("ve-nuit", "ve-20h"), ("sa-matin", "sa-nuit")),
    ("Mo-Fr 09:00-17:00; Aug off", ("lu-matin",), ("lu-inconnu",)),
    ("Mo-Fr 09:00-17:00; PH off", ("ve-matin",), ("sa-inconnu",)),
    ('Mo 09:00-12:00; Tu "sur rendez-vous"', ("lu-matin", "ma-inconnu"), ("lu-inconnu",)),
    ("Sa[1] 09:00-12:00", ("sa-inconnu",), ("sa-matin",)),
    ("Sep-Jun: Mo-Fr 09:00-18:00; Jul-Aug: Mo 09:00-12:00", ("lu-inconnu",), ("lu-matin",)),
    ("", ("lu-inconnu", "di-inconnu"), ("lu-matin",)),
    ("n’importe quoi", ("lu-inconnu",), ("lu-matin",)),
    ("Mo 11:45-12:00", (), ("lu-matin",)),
]


@pytest.mark.parametrize(("text", "held", "not_held"), WEEKS)
def test_only_what_holds_every_week_is_said_to_be_open(
    text: str, held: tuple[str, ...], not_held: tuple[str, ...]
) -> None:
    found = weekly_slots(text)
    assert set(held) <= set(found)
    assert not set(not_held) & set(found)
