"""The directory by a button: FINESS fetched from its address, whatever happens on the way."""

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import LazySettings
from django.utils import timezone

import pytest

from home.setup.finess_download import MOST_FAILURES, receive, waiting_file
from home.setup.models import FinessImport
from home.setup.periodic_jobs import publish_imported, receive_finess
from portal.imports.choices import ImportState
from portal.imports.models import ImportRun
from portal.imports.periodic_jobs import process_imports
from portal.imports.report import report_lines
from portal.imports.runs import confirm_import
from portal.users.models import User
from resources.choices import EntryStatus
from resources.listing.models import DirectoryPage
from resources.models import ErrorReport, ResourcePage
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory
from tests.factories.users import member_of
from tests.resources.finess.finess_world import make_communes, make_types
from tests.servers.open_data import OpenDataServer, open_data

DATA = Path(__file__).parents[2] / "resources/finess/data"
HISTORIC = (DATA / "finess_507.csv").read_bytes()
HTML = b"<!doctype html><html><body>Maintenance</body></html>"
State = FinessImport.State


def daily(without: str = "", renumbered: tuple[str, str] = ("", "")) -> bytes:
    """The file of this very day; ``without`` an establishment, or one ``renumbered``."""
    content = json.loads((DATA / "finess_plus.json").read_text())
    content["generatedAt"] = f"{timezone.localdate()}T06:00:00Z"
    for entity in content["pmej"]:
        places = [place for place in entity.get("ege") or [] if isinstance(place, dict)]
        for about in [place["informationsGeneralesEGE"] for place in places]:
            if about["numFinessEge"].strip() == renumbered[0]:
                about["numFinessEge"] = renumbered[1]
        entity["ege"] = [
            place
            for place in places
            if place["informationsGeneralesEGE"]["numFinessEge"].strip() != without
        ]
    return gzip.compress(json.dumps(content).encode())


@pytest.fixture
def source(settings: LazySettings) -> Iterator[OpenDataServer]:
    with open_data() as data:
        data.files = {"/plus.json.gz": daily(), "/ancien.csv": HISTORIC}
        settings.PORTAL_FINESS_URLS = [data.url("/plus.json.gz"), data.url("/ancien.csv")]
        yield data


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return DirectoryPageFactory(parent=make_home())


@pytest.fixture
def coordinator(directory: DirectoryPage) -> User:
    make_types()
    make_communes()
    return member_of("Coordination")


@pytest.fixture
def fetch(source: OpenDataServer, coordinator: User) -> FinessImport:
    return FinessImport.objects.create(user=coordinator)


def go_on(fetch: FinessImport) -> None:
    """The next turn of the job, whenever it was to be."""
    FinessImport.objects.filter(pk=fetch.pk).update(next_try_at=timezone.now())
    receive_finess()
    fetch.refresh_from_db()


def titles(fetch: FinessImport) -> set[str]:
    return {line.title for line in report_lines(fetch.run)}


def test_the_daily_file_becomes_a_dry_run(fetch: FinessImport) -> None:
    go_on(fetch)
    assert fetch.state == State.RECEIVED
    process_imports()
    assert ImportRun.objects.get().state == ImportState.READY
    assert titles(fetch)
    assert not ResourcePage.objects.exists()
    assert not waiting_file(fetch).exists()


def test_a_stable_address_that_leads_elsewhere_is_followed(
    source: OpenDataServer, fetch: FinessImport, settings: LazySettings
) -> None:
    source.redirects = {"/stable": "/plus.json.gz"}
    settings.PORTAL_FINESS_URLS = [source.url("/stable")]
    go_on(fetch)
    assert fetch.state == State.RECEIVED


def test_a_network_that_goes_midway_goes_on_from_there(
    source: OpenDataServer, fetch: FinessImport
) -> None:
    source.cuts = [300]
    go_on(fetch)
    assert (fetch.state, fetch.received) == (State.RECEIVING, 300)
    assert fetch.next_try_at > timezone.now()
    go_on(fetch)
    assert fetch.state == State.RECEIVED
    assert source.asked[-1] == ("/plus.json.gz", "bytes=300-")
    process_imports()
    assert titles(fetch)


def test_another_file_put_there_meanwhile_is_received_from_its_beginning(
    source: OpenDataServer, fetch: FinessImport
) -> None:
    source.cuts = [300]
    go_on(fetch)
    source.etag = '"two"'
    source.files["/plus.json.gz"] = daily()
    go_on(fetch)
    assert fetch.state == State.RECEIVED
    process_imports()
    assert ImportRun.objects.get().state == ImportState.READY


@pytest.mark.parametrize(
    ("files", "types", "statuses", "said"),
    [
        pytest.param({"/plus.json.gz": HTML}, {"/plus.json.gz": "text/html"}, {}, "page web"),
        pytest.param({"/plus.json.gz": HTML}, {}, {}, "page web"),
        pytest.param({"/plus.json.gz": gzip.compress(HTML)}, {}, {}, "page web"),
        pytest.param({"/plus.json.gz": b"nom;ville\nA;B\n"}, {}, {}, "FINESS connu"),
        pytest.param({"/plus.json.gz": b""}, {}, {}, "FINESS connu"),
        pytest.param({}, {}, {"/plus.json.gz": 503}, "503"),
        pytest.param({}, {}, {"/plus.json.gz": 404}, "404"),
    ],
)
def test_an_address_that_gives_something_else_is_left_for_the_next(
    source: OpenDataServer,
    fetch: FinessImport,
    files: dict[str, bytes],
    types: dict[str, str],
    statuses: dict[str, int],
    said: str,
) -> None:
    source.files |= files
    source.types, source.statuses = types, statuses
    go_on(fetch)
    assert fetch.state == State.RECEIVED
    assert said in fetch.reasons[0]
    assert "secours" in fetch.run.file_name


def test_nothing_anywhere_is_said_and_can_be_asked_again(
    source: OpenDataServer, fetch: FinessImport
) -> None:
    source.files = {}
    go_on(fetch)
    assert fetch.state == State.FAILED
    assert len(fetch.reasons) == 2
    assert not ImportRun.objects.exists()


def test_an_address_that_never_answers_is_left_after_some_turns(
    source: OpenDataServer, fetch: FinessImport, settings: LazySettings
) -> None:
    settings.PORTAL_FINESS_URLS = ["http://127.0.0.1:1/rien.gz", source.url("/plus.json.gz")]
    for _turn in range(MOST_FAILURES):
        go_on(fetch)
    assert fetch.state == State.RECEIVED
    assert "ne répond pas" in fetch.reasons[0]


def test_the_format_of_last_year_is_read_and_its_age_is_said(
    source: OpenDataServer, fetch: FinessImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.files.pop("/plus.json.gz")
    monkeypatch.setattr(timezone, "localdate", lambda *_: timezone.now().date().replace(year=2031))
    go_on(fetch)
    process_imports()
    notes = " ".join(record[3][0] for record in ImportRun.objects.get().report if not record[1])
    assert "Ce fichier est ancien" in notes


def test_it_waits_for_its_turn(fetch: FinessImport) -> None:
    fetch.next_try_at = timezone.now() + timedelta(minutes=1)
    fetch.save()
    assert receive_finess() == ""
    fetch.refresh_from_db()
    assert fetch.state == State.ASKED


def import_all(fetch: FinessImport, *, publishes: bool = True) -> None:
    receive(fetch)
    process_imports()
    fetch.refresh_from_db()
    fetch.publishes = publishes
    fetch.save()
    confirm_import(fetch.run, publishes=False)
    process_imports()


def test_what_is_sure_is_published_never_verified(fetch: FinessImport) -> None:
    import_all(fetch)
    publish_imported()
    entries = ResourcePage.objects.all()
    assert entries.exists()
    assert not entries.filter(live=False).exists()
    assert not entries.exclude(verified_on=None).exists()
    assert publish_imported() == ""


def test_a_likely_double_stays_a_draft(source: OpenDataServer, fetch: FinessImport) -> None:
    import_all(fetch)
    publish_imported()
    source.files["/plus.json.gz"] = daily(renumbered=("130990094", "130990995"))
    again = FinessImport.objects.create(user=fetch.user)
    import_all(again)
    again.run.refresh_from_db()
    publish_imported()
    twin = ResourcePage.objects.get(finess="130990995")
    assert not twin.live
    assert any(line.warnings for line in report_lines(again.run) if line.key == twin.finess)


def test_a_place_that_left_finess_is_to_be_checked_and_never_closed(
    source: OpenDataServer, fetch: FinessImport
) -> None:
    import_all(fetch)
    publish_imported()
    gone = ResourcePage.objects.order_by("pk").first()
    source.files["/plus.json.gz"] = daily(without=gone.finess)
    again = FinessImport.objects.create(user=fetch.user)
    import_all(again)
    again.run.refresh_from_db()
    gone.refresh_from_db()
    assert gone.live
    assert gone.status != EntryStatus.CLOSED
    report = ErrorReport.objects.get()
    assert report.entry_id == gone.pk
    assert "ne cite plus" in report.text
    # Asked once more, it is not said twice.
    third = FinessImport.objects.create(user=fetch.user)
    receive(third)
    process_imports()
    assert [line.title for line in report_lines(third.run) if "Déjà" in str(line)] == [gone.title]
    assert ErrorReport.objects.count() == 1
