"""What is told of 200 schedules at 400 moments is what the library says, or « not known »."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from resources.opening_hours.opening_times import OpeningTimes

PARIS = ZoneInfo("Europe/Paris")
DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
#: Holidays, the changes of hour, the turn of the year; and days like others.
MARKED_DAYS = [
    date(2026, 5, 1), date(2026, 11, 11), date(2026, 12, 25), date(2027, 1, 1),
    date(2027, 3, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31),
]  # fmt: skip


def _moments() -> list[datetime]:
    """400 of them, on 40 days of two years, spread by steps that share no divisor with a day.

    The hour of a change of clock is left out: it is none, or two.
    """
    days = [date(2026, 1, 1) + timedelta(days=rank * 211 % 730) for rank in range(32)]
    minutes = [*range(0, 120, 5), *range(180, 1440, 5)]
    return [
        datetime.combine(day, datetime.min.time())
        + timedelta(minutes=minutes[(place * 53 + rank * 97) % len(minutes)])
        for place, day in enumerate([*MARKED_DAYS, *days])
        for rank in range(10)
    ]


MOMENTS = _moments()
quarters = st.integers(min_value=0, max_value=95).map(lambda q: (q // 4, q % 4 * 15))


def _clock(quarter: tuple[int, int]) -> str:
    return f"{quarter[0]:02d}:{quarter[1]:02d}"


times = st.lists(quarters, min_size=2, max_size=4, unique=True).map(
    lambda found: ",".join(
        f"{_clock(start)}-{_clock(end)}"
        for start, end in zip(sorted(found)[::2], sorted(found)[1::2], strict=False)
    )
)
ranges = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map("-".join)
days = st.one_of(
    ranges,
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True).map(",".join),
    st.sampled_from(["Mo[1]", "We[2,4]", "Fr[-1]", "Mo-Fr", "Mo-Fr,PH", "Su,PH"]),
)
seasons = st.one_of(
    st.just(""),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(lambda m: "-".join(m) + " "),
    st.sampled_from(["Jul,Aug ", "Dec 24-Jan 2 ", "2026 ", "week 1-53/2 ", "week 10-20 "]),
)
closures = st.sampled_from(
    ["PH off", "Jul-Aug off", "Dec 25 off", "We 10:00-11:00 off", "Su,PH off"]
)


@st.composite
def plain(draw: st.DrawFn) -> str:
    """Rules that the library tells rightly: none that ends in another day."""
    what = st.sampled_from(["", "", "", " unknown", ' "à l’étage"', ' unknown "à confirmer"'])
    rules = [
        f"{draw(seasons)}{draw(days)} {draw(times)}{draw(what)}"
        for _rank in range(draw(st.integers(1, 3)))
    ]
    joiner = draw(st.sampled_from(["; ", ", "]))
    return "; ".join([joiner.join(rules), *draw(st.lists(closures, max_size=2))])


@st.composite
def night(draw: st.DrawFn) -> str:
    start, end = draw(st.integers(18, 23)), draw(st.integers(0, 7))
    return f"{draw(ranges)} {start:02d}:00-{end:02d}:30"


#: A schedule; the same as the library has to be asked; whether « closed » means « not known ».
schedules = st.one_of(
    plain().map(lambda text: (text, text, False)),
    plain().map(lambda text: (text, text, False)),
    night().map(lambda text: (text, text, False)),
    plain().map(lambda text: (f'{text} || "sur rendez-vous"', text, True)),
    st.tuples(plain(), days).map(
        lambda both: (
            f'{both[0]}; {both[1]} "sur rendez-vous"',
            f'{both[0]}; {both[1]} unknown "sur rendez-vous"',
            False,
        )
    ),
)


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(schedules)
def test_what_is_told_is_what_the_library_says_or_not_known(one: tuple[str, str, bool]) -> None:
    text, asked, closed_is_unknown = one
    told = OpeningTimes(text, zone=PARIS)
    assert told.is_readable
    assert told.sentences() or told.is_weekly
    library = OpeningHours(asked, country="FR", auto_country=False)
    for moment in MOMENTS:
        state = library.state(moment)[0]
        if closed_is_unknown and state == State.CLOSED:
            state = State.UNKNOWN
        status = told.status(moment.replace(tzinfo=PARIS))
        said = State.UNKNOWN
        if status is not None:
            said = State.OPEN if status.is_open else State.CLOSED
        assert said == state, (text, moment, state)


@settings(max_examples=30, derandomize=True, deadline=None, database=None)
@given(plain(), st.sampled_from(["SH off", "SH 10:00-12:00", "SH Mo-Fr 09:00-12:00"]))
def test_school_holidays_are_never_guessed(text: str, school: str) -> None:
    told = OpeningTimes(f"{text}; {school}", zone=PARIS)
    assert {told.status(moment.replace(tzinfo=PARIS)) for moment in MOMENTS[::40]} == {None}
    assert "vacances scolaires" in " ".join(told.sentences())
