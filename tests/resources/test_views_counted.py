"""How often entries are read: a number a day, and nothing about who."""

from collections.abc import Iterator

from django.conf import LazySettings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from resources import view_counter
from resources.listing.models import DirectoryPage
from resources.models import DailyViews, ResourcePage
from resources.view_counter import write_views
from tests.factories.referents import referent_of
from tests.factories.resources import GemPageFactory

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return GemPageFactory(parent=directory)


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    view_counter._counter.pop_due()
    yield
    view_counter._counter.pop_due()


@pytest.fixture
def somebody() -> Client:
    return Client(headers={"User-Agent": BROWSER})


def counts() -> list[int]:
    write_views()
    return list(DailyViews.objects.values_list("count", flat=True))


def test_each_reading_counts_for_one(somebody: Client, entry: ResourcePage) -> None:
    for _time in range(3):
        somebody.get(entry.url)
    assert counts() == [3]
    assert DailyViews.objects.get().day == timezone.localdate()


def test_counts_are_added_to_those_of_other_processes(
    somebody: Client, entry: ResourcePage
) -> None:
    day = timezone.localdate()
    DailyViews.objects.create(entry_id=entry.pk, day=day, count=10)
    somebody.get(entry.url)
    assert counts() == [11]


@pytest.mark.parametrize(
    "browser",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36",
    ],
)
def test_a_machine_does_not_read(entry: ResourcePage, browser: str) -> None:
    Client(headers={"User-Agent": browser}).get(entry.url)
    assert counts() == []


@pytest.mark.parametrize(
    "browser",
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/99.0 Mobile",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Edg/140.0",
    ],
)
def test_a_telephone_and_a_computer_do(entry: ResourcePage, browser: str) -> None:
    Client(headers={"User-Agent": browser}).get(entry.url)
    assert counts() == [1]


def test_neither_a_head_nor_a_prefetch_nor_a_missing_page_counts(
    somebody: Client, entry: ResourcePage
) -> None:
    somebody.head(entry.url)
    somebody.get(entry.url, headers={"Sec-Purpose": "prefetch;prerender"})
    somebody.get(f"{entry.url}nulle-part/")
    assert counts() == []


def test_who_is_signed_in_does_not_count(somebody: Client, entry: ResourcePage) -> None:
    somebody.force_login(referent_of(entry).user)
    somebody.get(entry.url)
    assert counts() == []


def test_reading_writes_nothing_and_costs_no_query(somebody: Client, entry: ResourcePage) -> None:
    somebody.get(entry.url)
    with CaptureQueriesContext(connection) as captured:
        somebody.get(entry.url)
    assert not [one["sql"] for one in captured if "dailyviews" in one["sql"]]
    assert not DailyViews.objects.exists()


def test_readings_are_written_once_in_a_while(somebody: Client, entry: ResourcePage) -> None:
    with override_settings(PORTAL_VIEWS_EVERY=3600):
        view_counter._counter._last_write -= 3601
        somebody.get(entry.url)
        assert DailyViews.objects.get().count == 1
        somebody.get(entry.url)
    assert DailyViews.objects.get().count == 1
    assert counts() == [2]


def test_a_database_that_cannot_be_written_breaks_no_page(
    somebody: Client, entry: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(counts: object) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(view_counter, "_write", refuse)
    with override_settings(PORTAL_VIEWS_EVERY=1):
        view_counter._counter._last_write -= 60
        assert somebody.get(entry.url).status_code == 200


def test_a_page_deleted_meanwhile_hides_no_other(
    somebody: Client, entry: ResourcePage, directory: DirectoryPage
) -> None:
    other = GemPageFactory(parent=directory)
    for page in (entry, other):
        somebody.get(page.url)
    other.delete()
    assert counts() == [1]


def test_nothing_but_a_number_is_kept(somebody: Client, entry: ResourcePage) -> None:
    fields = {field.name for field in DailyViews._meta.get_fields()}
    assert fields == {"id", "entry", "day", "count"}
    assert not somebody.get(entry.url).cookies


def test_a_page_that_was_kept_whole_counts_as_well(
    somebody: Client, entry: ResourcePage, settings: LazySettings
) -> None:
    settings.PORTAL_PAGE_CACHE = True
    caches["pages"].clear()
    caches["nearby"].clear()
    for _time in range(3):
        somebody.get(entry.url)
    Client(headers={"User-Agent": "curl/8.5.0"}).get(entry.url)
    assert counts() == [3]
