"""When events are, how they are said, and which ones are still to come."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

import pytest
from icalendar import Calendar

from newsletter.date_format import format_when
from newsletter.ics import event_calendar
from newsletter.models import EventIndexPage, EventPage, EventRelatedPage
from portal.geo.models import Commune
from resources.models import ResourcePage, ResourceType
from tests.factories.newsletter import EventPageFactory, paris

NowIs = Callable[[datetime], None]


@pytest.mark.parametrize(
    ("start", "end", "all_day", "words"),
    [
        (
            paris(2026, 12, 1, 14),
            paris(2026, 12, 1, 16, 30),
            False,
            "mardi 1er décembre 2026, de 14 h à 16 h 30",
        ),
        (paris(2026, 12, 10, 9), None, False, "jeudi 10 décembre 2026, à 9 h"),
        (paris(2026, 12, 10, 9), paris(2026, 12, 10, 9), False, "jeudi 10 décembre 2026, à 9 h"),
        (
            paris(2026, 12, 31, 20),
            paris(2027, 1, 1, 2),
            False,
            "du jeudi 31 décembre 2026 à 20 h au vendredi 1er janvier 2027 à 2 h",
        ),
        (paris(2026, 10, 10), None, True, "samedi 10 octobre 2026, toute la journée"),
        (
            paris(2026, 10, 10),
            paris(2026, 10, 12),
            True,
            "du samedi 10 octobre au lundi 12 octobre 2026",
        ),
        (
            # The night when 3 h comes back to 2 h: people read the clock on the wall.
            paris(2026, 10, 24, 22),
            paris(2026, 10, 25, 4),
            False,
            "du samedi 24 octobre à 22 h au dimanche 25 octobre 2026 à 4 h",
        ),
        (
            paris(2026, 3, 29, 1, 30),
            paris(2026, 3, 29, 3, 30),
            False,
            "dimanche 29 mars 2026, de 1 h 30 à 3 h 30",
        ),
    ],
)
def test_a_date_is_said_as_people_say_it(
    start: datetime, end: datetime | None, all_day: bool, words: str
) -> None:
    assert format_when(start, end, all_day).replace("\u00a0", " ") == words


def test_a_date_is_said_in_the_language_of_the_page() -> None:
    with override("en"):
        assert format_when(paris(2026, 12, 1), None, True).startswith("Tuesday 1 December 2026")


@pytest.mark.parametrize(
    ("start", "end", "all_day", "last_moment", "over"),
    [
        (
            paris(2026, 12, 1, 14),
            paris(2026, 12, 1, 16),
            False,
            paris(2026, 12, 1, 15, 59),
            paris(2026, 12, 1, 16),
        ),
        # No end is known: it lasts until the end of its day.
        (
            paris(2026, 12, 1, 14),
            None,
            False,
            paris(2026, 12, 1, 23, 59),
            paris(2026, 12, 2),
        ),
        (paris(2026, 12, 1), None, True, paris(2026, 12, 1, 23, 59), paris(2026, 12, 2)),
        (
            paris(2026, 12, 1),
            paris(2026, 12, 3),
            True,
            paris(2026, 12, 3, 23, 59),
            paris(2026, 12, 4),
        ),
        # Crossing midnight.
        (
            paris(2026, 12, 5, 20),
            paris(2026, 12, 6, 2),
            False,
            paris(2026, 12, 6, 1, 59),
            paris(2026, 12, 6, 2),
        ),
        # The day that lasts 25 hours.
        (paris(2026, 10, 25), None, True, paris(2026, 10, 25, 23, 59), paris(2026, 10, 26)),
        # The day that lasts 23 hours.
        (paris(2026, 3, 29), None, True, paris(2026, 3, 29, 23, 59), paris(2026, 3, 30)),
    ],
)
def test_an_event_is_to_come_until_its_very_end(
    agenda: EventIndexPage,
    now_is: NowIs,
    start: datetime,
    end: datetime | None,
    all_day: bool,
    last_moment: datetime,
    over: datetime,
) -> None:
    event = EventPageFactory(parent=agenda, start=start, end=end, all_day=all_day)
    now_is(last_moment)
    assert list(EventPage.objects.upcoming()) == [event]
    assert not EventPage.objects.past().exists()
    assert not event.is_over
    now_is(over)
    assert not EventPage.objects.upcoming().exists()
    assert list(EventPage.objects.past()) == [event]
    assert event.is_over


def test_the_next_date_is_the_nearest_that_one_can_go_to(
    agenda: EventIndexPage, now_is: NowIs
) -> None:
    now_is(paris(2026, 11, 30, 8))
    EventPageFactory(parent=agenda, start=paris(2026, 12, 15, 9), end=None)
    nearest = EventPageFactory(parent=agenda, start=paris(2026, 12, 10, 9), end=None)
    EventPageFactory(
        parent=agenda,
        start=paris(2026, 12, 2, 9),
        end=None,
        is_cancelled=True,
        cancelled_reason="Grève",
    )
    EventPageFactory(parent=agenda, start=paris(2026, 12, 3, 9), end=None, live=False)
    assert EventPage.objects.upcoming().first() == nearest


@pytest.mark.django_db
def test_an_end_before_the_start_is_refused_in_plain_words() -> None:
    event = EventPage(title="X", slug="x", start=paris(2026, 12, 2, 9), end=paris(2026, 12, 1, 9))
    with pytest.raises(ValidationError) as refusal:
        event.clean()
    assert "avant le début" in refusal.value.messages[0]


def test_cancelling_asks_why(agenda: EventIndexPage) -> None:
    event = EventPageFactory(parent=agenda)
    event.is_cancelled = True
    with pytest.raises(ValidationError) as refusal:
        event.clean()
    assert "cancelled_reason" in refusal.value.message_dict


def test_the_agenda_shows_dates_to_come_then_past_ones_on_demand(
    client: Client, agenda: EventIndexPage, now_is: NowIs
) -> None:
    EventPageFactory(parent=agenda, title="Hier", start=paris(2026, 11, 1, 9), end=None)
    EventPageFactory(parent=agenda, title="Demain", start=paris(2026, 12, 1, 9), end=None)
    now_is(paris(2026, 11, 20, 8))
    page = client.get("/agenda/").content.decode()
    assert "Demain" in page
    assert "Hier" not in page
    past = client.get("/agenda/?quand=passees").content.decode()
    assert "Hier" in past
    assert "Demain" not in past


def test_a_cancelled_event_stays_in_the_agenda_and_says_so(
    client: Client, agenda: EventIndexPage, now_is: NowIs
) -> None:
    now_is(paris(2026, 11, 20, 8))
    event = EventPageFactory(
        parent=agenda,
        is_cancelled=True,
        cancelled_reason="Salle fermée. Une autre date viendra.",
        registration_url="https://inscription.example/",
    )
    assert "Annulé" in client.get("/agenda/").content.decode()
    page = client.get(event.url).content.decode()
    assert "Salle fermée" in page
    assert "S’inscrire" not in page
    assert "EventCancelled" in page


def test_an_event_page_says_how_to_take_part(
    client: Client, agenda: EventIndexPage, communes: None
) -> None:
    event = EventPageFactory(
        parent=agenda,
        place="Maison des associations",
        commune=Commune.objects.get(code="13005"),
        publics=["proches", "adultes"],
        cost="Gratuit",
        registration="Sans inscription.",
        access=["lsf", "boucle"],
        organiser="Association Exemple",
    )
    page = client.get(event.url).content.decode().replace("\u00a0", " ")
    for words in (
        "mardi 1er décembre 2026, de 14 h à 16 h",
        "Maison des associations, Aubagne",
        "Adultes, Familles et proches",
        "Gratuit",
        "Sans inscription.",
        "Traduction en langue des signes (LSF)",
        "Association Exemple",
        '"startDate":"2026-12-01T14:00:00+01:00"',
        "OfflineEventAttendanceMode",
    ):
        assert words in page


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        f"page={10**20}",
        "page=%00",
        "page=" + "9" * 5000,
        "territoire=inconnu",
        "territoire=%00",
        "public=%22%27",
        "public=" + "x" * 10_000,
        "quand=jamais",
        "page=1&page=2&territoire=a&territoire=b",
    ],
)
@pytest.mark.parametrize("address", ["/agenda/", "/actualites/"])
def test_an_odd_question_gets_an_answer(
    client: Client, agenda: EventIndexPage, news_index: object, address: str, query: str
) -> None:
    assert client.get(f"{address}?{query}").status_code == 200


def test_an_unknown_choice_is_said_and_narrows_nothing(
    client: Client, agenda: EventIndexPage, now_is: NowIs
) -> None:
    now_is(paris(2026, 11, 20, 8))
    EventPageFactory(parent=agenda, title="Portes ouvertes")
    page = client.get("/agenda/?territoire=atlantide").content.decode()
    assert "Ce territoire n’existe pas" in page
    assert "Portes ouvertes" in page


def test_the_agenda_costs_as_much_for_two_dates_as_for_twenty(
    client: Client, agenda: EventIndexPage, communes: None, now_is: NowIs, count_queries: Callable
) -> None:
    now_is(paris(2026, 11, 20, 8))
    aubagne = Commune.objects.get(code="13005")
    for _number in range(2):
        EventPageFactory(parent=agenda, commune=aubagne)
    client.get("/agenda/")
    few = count_queries("/agenda/")
    for _number in range(18):
        EventPageFactory(parent=agenda, commune=aubagne)
    assert count_queries("/agenda/") <= few
    assert few <= 15


def test_a_full_event_page_costs_few_queries(
    client: Client, agenda: EventIndexPage, communes: None, count_queries: Callable
) -> None:
    event = EventPageFactory(parent=agenda, commune=Commune.objects.get(code="13005"))
    kind = ResourceType.objects.create(
        locale=agenda.locale, code="EXEMPLE", name="Association", with_article="une association"
    )
    organiser = ResourcePage(title="Association Exemple", slug="association", type=kind)
    event.organiser_entry = agenda.get_parent().add_child(instance=organiser)
    event.related_pages = [EventRelatedPage(target=agenda) for _number in range(4)]
    event.save()
    client.get(event.url)
    assert count_queries(event.url) <= 15


def test_an_event_that_moves_or_is_cancelled_keeps_its_name_in_calendars(
    agenda: EventIndexPage,
) -> None:
    event = EventPageFactory(parent=agenda, start=paris(2026, 12, 1, 9), end=None)
    seen = []
    for day, is_cancelled in ((1, False), (2, False), (2, True)):
        event.start, event.is_cancelled = paris(2026, 12, day, 9), is_cancelled
        event.cancelled_reason = "Salle fermée." if is_cancelled else ""
        event.save_revision().publish()
        event = EventPage.objects.get(pk=event.pk)
        [told] = Calendar.from_ical(event_calendar(event)).walk("VEVENT")
        seen.append((str(told["UID"]), int(told["SEQUENCE"]), str(told["STATUS"])))

    assert len({uid for uid, _sequence, _status in seen}) == 1
    assert seen[0][1] < seen[1][1] < seen[2][1]
    assert [status for _uid, _sequence, status in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
