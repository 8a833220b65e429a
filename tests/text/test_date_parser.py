from datetime import date, time

import pytest

from portal.text.date_parser import parse_date_and_time

OCTOBER = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("15/10/2026", OCTOBER, None),
        (" 15/10/26 ", OCTOBER, None),
        ("15-10-2026", OCTOBER, None),
        ("15.10.2026", OCTOBER, None),
        ("15 / 10 / 2026", OCTOBER, None),
        ("2026-10-15", OCTOBER, None),
        ("15 octobre 2026", OCTOBER, None),
        ("15\u00a0octobre\u202f2026", OCTOBER, None),
        ("le 15 octobre 2026", OCTOBER, None),
        ("Jeudi 15 Octobre 2026", OCTOBER, None),
        ("jeu. 15 oct. 26", OCTOBER, None),
        ("15 October 2026", OCTOBER, None),
        ("1er décembre 2026", date(2026, 12, 1), None),
        ("2 aout 2026", date(2026, 8, 2), None),
        ("14 juil. 2026", date(2026, 7, 14), None),
        ("29/02/2028", date(2028, 2, 29), None),
        ("１５/１０/２０２６", OCTOBER, None),
        ("1/1/99", date(1999, 1, 1), None),
        ("15/01/2027 09:30", date(2027, 1, 15), time(9, 30)),
        ("15/01/2027 à 9h30", date(2027, 1, 15), time(9, 30)),
        ("15/01/2027 à 9 h 30", date(2027, 1, 15), time(9, 30)),
        ("15 janvier 2027, 9h", date(2027, 1, 15), time(9)),
        ("2027-01-15T09:30:00", date(2027, 1, 15), time(9, 30)),
        ("2027-01-15 09:30", date(2027, 1, 15), time(9, 30)),
        ("Le jeudi 15 octobre 2026", OCTOBER, None),
        ("jeudi 15/10/2026", OCTOBER, None),
        ("le 15/10/26 à 18h", OCTOBER, time(18)),
        ("15 10 2026", OCTOBER, None),
        ("15\u201310\u20132026", OCTOBER, None),
        ("15-oct.-26", OCTOBER, None),
        ("3-févr-27", date(2027, 2, 3), None),
        ("1er mars 2027", date(2027, 3, 1), None),
        ("1ᵉʳ mars 2027", date(2027, 3, 1), None),
        ("1° mars 2027", date(2027, 3, 1), None),
        ("premier mars 2027", date(2027, 3, 1), None),
        ("01.03.27", date(2027, 3, 1), None),
        ("2027-3-1", date(2027, 3, 1), None),
        ("15 oct. 2026 à 9h30", OCTOBER, time(9, 30)),
        ("15/10/2026 à midi", OCTOBER, time(12)),
        ("15.10.2026 9.30", OCTOBER, time(9, 30)),
        ("15/10/2026.", OCTOBER, None),
        ("midi", None, time(12)),
        ("9.30", None, time(9, 30)),
        ("9h30", None, time(9, 30)),
        ("09:30", None, time(9, 30)),
        ("à 18 h", None, time(18)),
        ("9 h 30", None, time(9, 30)),
        ("9 heures 30", None, time(9, 30)),
        ("14 heures", None, time(14)),
    ],
)
def test_what_people_type_is_read(typed: str, day: date | None, hour: time | None) -> None:
    assert parse_date_and_time(typed) == (day, hour)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/02/2026",
        "29 février 2026",
        "10/15/2026",
        "15/10",
        "15 octobre",
        "octobre 2026",
        "2 jui 2026",
        "15 octembre 2026",
        "lundi 15 octobre 2026",
        "vers le 15/10/2026",
        "15/10/2026 ou 16/10/2026",
        "15/10/2026 25:00",
        "15/10/2026 à midi et demi",
        "15/10/202",
        "15/10/0026",
        "0026-10-15",
        "15/10/20266",
        "30/02/2027",
        "31 novembre 2026",
        "0/1/2027",
        "mardi 15/10/2026",
        "3-févr",
        "46310",
        "15/10/2026 à minuit",
        "15/10/2026 de 9h à 12h",
        "24:00",
        "15/10-2026",
        "25h",
        "9h75",
        "demain",
    ],
)
def test_what_is_not_a_day_or_an_hour_is_never_guessed(typed: str) -> None:
    assert parse_date_and_time(typed) == (None, None)
