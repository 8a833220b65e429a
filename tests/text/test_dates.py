from datetime import date

from django.utils import translation

import pytest

from portal.text.date_format import format_date


@pytest.mark.parametrize(
    ("day", "pattern", "said"),
    [
        (date(2026, 12, 1), "j F Y", "1er décembre 2026"),
        (date(2026, 12, 1), "l j F", "mardi 1er décembre"),
        (date(2026, 12, 11), "j F Y", "11 décembre 2026"),
        (date(2026, 12, 21), "j F Y", "21 décembre 2026"),
    ],
)
def test_the_first_of_a_month_is_said_as_the_french_say_it(
    day: date, pattern: str, said: str
) -> None:
    assert format_date(day, pattern) == said


def test_english_counts_the_first_day_like_the_others() -> None:
    with translation.override("en"):
        assert format_date(date(2026, 12, 1)) == "1 December 2026"
