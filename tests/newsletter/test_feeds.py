"""What feed readers and calendars receive."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

from django.test import Client
from django.utils import timezone

import icalendar
import pytest

from newsletter.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from portal.base.models import LeftOutItem
from portal.users.models import User
from tests.factories.newsletter import EventPageFactory, NewsPageFactory, paris
from tests.factories.users import UserFactory


def read_event(client: Client, event: EventPage) -> icalendar.Event:
    response = client.get(f"/agenda/{event.uuid}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(response.content)
    return calendar.walk("VEVENT")[0]


@pytest.mark.parametrize(
    ("start", "end", "utc_start", "utc_end"),
    [
        (paris(2026, 12, 1, 14), paris(2026, 12, 1, 16), (12, 1, 13), (12, 1, 15)),
        (paris(2026, 7, 1, 14), paris(2026, 7, 1, 16), (7, 1, 12), (7, 1, 14)),
        # Across the night when 2 h becomes 3 h, then the one when 3 h comes back to 2 h.
        (paris(2026, 3, 28, 23), paris(2026, 3, 29, 4), (3, 28, 22), (3, 29, 2)),
        (paris(2026, 10, 24, 23), paris(2026, 10, 25, 4), (10, 24, 21), (10, 25, 3)),
    ],
)
def test_a_calendar_gets_the_right_hour_in_winter_in_summer_and_in_between(
    client: Client,
    agenda: EventIndexPage,
    start: datetime,
    end: datetime,
    utc_start: tuple[int, int, int],
    utc_end: tuple[int, int, int],
) -> None:
    event = read_event(client, EventPageFactory(parent=agenda, start=start, end=end))
    assert event.start == datetime(2026, *utc_start, tzinfo=UTC)
    assert event.end == datetime(2026, *utc_end, tzinfo=UTC)


def test_whole_days_end_the_day_after_the_last_one(client: Client, agenda: EventIndexPage) -> None:
    page = EventPageFactory(
        parent=agenda, start=paris(2026, 10, 24), end=paris(2026, 10, 25), all_day=True
    )
    event = read_event(client, page)
    assert event.start == date(2026, 10, 24)
    assert event.end == date(2026, 10, 26)


def test_an_event_keeps_its_identity_when_it_is_renamed(
    client: Client, agenda: EventIndexPage
) -> None:
    page = EventPageFactory(parent=agenda, slug="avant")
    before = read_event(client, page)["UID"]
    page.slug = "apres"
    page.save()
    event = read_event(client, page)
    assert event["UID"] == before == str(page.uuid)
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert event["URL"].endswith("/agenda/apres/")


def test_calendars_learn_that_an_event_is_cancelled(client: Client, agenda: EventIndexPage) -> None:
    page = EventPageFactory(
        parent=agenda, title="Ciné-débat", is_cancelled=True, cancelled_reason="Salle fermée."
    )
    event = read_event(client, page)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Annulé")
    assert "Salle fermée." in event["DESCRIPTION"]


def test_odd_titles_do_not_break_the_calendar(client: Client, agenda: EventIndexPage) -> None:
    title = "Débat ; « l’écoute », à 14 h\\16 h – 🎈 " + "é" * 150
    page = EventPageFactory(parent=agenda, title=title, summary="Une ligne,\r\nBEGIN:VEVENT")
    event = read_event(client, page)
    assert event["SUMMARY"] == title
    raw = client.get(f"/agenda/{page.uuid}.ics").content
    assert raw.count(b"\r\nBEGIN:VEVENT") == 1
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_the_whole_agenda_is_one_file_of_published_events(
    client: Client, agenda: EventIndexPage
) -> None:
    soon = timezone.now() + timedelta(days=3)
    shown = EventPageFactory(parent=agenda, start=soon, end=None)
    EventPageFactory(parent=agenda, start=soon, end=None, live=False)
    EventPageFactory(parent=agenda, start=soon - timedelta(days=400), end=None)
    calendar = icalendar.Calendar.from_ical(client.get("/agenda/agenda.ics").content)
    assert [event["UID"] for event in calendar.walk("VEVENT")] == [str(shown.uuid)]


def test_a_draft_event_has_no_calendar_file(client: Client, agenda: EventIndexPage) -> None:
    event = EventPageFactory(parent=agenda, live=False)
    assert client.get(f"/agenda/{event.uuid}.ics").status_code == 404


@pytest.mark.parametrize(
    ("address", "kind", "tag"),
    [
        ("/actualites/flux.xml", "application/rss+xml", "item"),
        ("/actualites/atom.xml", "application/atom+xml", "{http://www.w3.org/2005/Atom}entry"),
    ],
)
def test_feed_readers_get_the_news_without_anyone_s_name(
    client: Client, news_index: NewsIndexPage, address: str, kind: str, tag: str
) -> None:
    author = User.objects.create_user("camille", "camille@exemple.example", first_name="Camille")
    NewsPageFactory(parent=news_index, title="Un <b>annuaire</b> & des lieux", owner=author)
    NewsPageFactory(parent=news_index, title="Un brouillon", live=False)
    response = client.get(address)
    assert response.headers["Content-Type"].startswith(kind)
    text = response.content.decode()
    assert "amille" not in text
    assert "Un brouillon" not in text
    feed = ElementTree.fromstring(text)  # noqa: S314
    assert len(list(feed.iter(tag))) == 1
    assert "fr" in text.split("Un ")[0]


def test_a_feed_speaks_french_whatever_the_browser_prefers(
    client: Client, news_index: NewsIndexPage
) -> None:
    text = client.get("/actualites/flux.xml", headers={"accept-language": "en"}).content.decode()
    assert "<language>fr</language>" in text


def test_the_news_page_tells_browsers_where_its_feeds_are(
    client: Client, news_index: NewsIndexPage
) -> None:
    page = client.get("/actualites/").content.decode()
    assert 'type="application/rss+xml"' in page
    assert 'href="/actualites/flux.xml"' in page


@pytest.mark.parametrize(
    "address", ["/actualites/flux.xml", "/actualites/atom.xml", "/agenda/agenda.ics"]
)
def test_feeds_stand_before_any_page_does_and_leave_no_cookie(
    client: Client, db: None, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("damage", [{"summary": "avant\x0baprès"}, {"title": "Nou\x07velle"}])
def test_one_bad_page_is_left_out_and_named_in_the_editors_home(
    client: Client, news_index: NewsIndexPage, damage: dict[str, str]
) -> None:
    NewsPageFactory(parent=news_index, title="Une bonne nouvelle")
    bad = NewsPageFactory(parent=news_index, slug="abimee")
    NewsPage.objects.filter(pk=bad.pk).update(**damage)
    NewsIndexPage.objects.filter(pk=news_index.pk).update(summary="L’index\x0baussi")
    for address in ["/actualites/flux.xml", "/actualites/atom.xml"]:
        response = client.get(address)
        assert response.status_code == 200
        ElementTree.fromstring(response.content)  # noqa: S314  # ours
        assert "Une bonne nouvelle" in response.text
        assert "abimee" not in response.text
    client.force_login(UserFactory(is_superuser=True))
    home = client.get("/admin/").text
    assert "Contenu laissé de côté" in home
    assert f"/admin/pages/{bad.pk}/edit/" in home
    NewsPage.objects.get(pk=bad.pk).save_revision().publish()
    assert "Contenu laissé de côté" not in client.get("/admin/").text


def test_one_bad_event_does_not_stop_the_agenda(
    client: Client, agenda: EventIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    EventPageFactory(parent=agenda, title="Un bon rendez-vous", start=timezone.now())
    bad = EventPageFactory(parent=agenda, title="Un mauvais", start=timezone.now())
    stock = EventPage.where.fget

    def where(page: EventPage) -> str:
        if page.pk == bad.pk:
            raise LookupError("place")
        return stock(page)

    monkeypatch.setattr(EventPage, "where", property(where))
    response = client.get("/agenda/agenda.ics")
    assert response.status_code == 200
    assert "Un bon rendez-vous" in response.content.decode()
    assert LeftOutItem.objects.get().page_id == bad.pk
