"""Whole pages are kept for readers who are nobody in particular, and never a moment too long."""

import gzip
from collections.abc import Callable
from types import SimpleNamespace

from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction, Site

import pytest

from home.models import HomePage, StandardPage
from portal.base.models import PortalSettings
from portal.cache import held, page_cache
from portal.cache.content_version import content_version
from portal.cache.page_cache import PageCacheMiddleware, keep_for_readers
from portal.geo.models import Commune
from portal.jobs.models import PeriodicJob
from resources.models import ResourcePage
from tests.factories.home import ContactPageFactory, HelpLineFactory, make_home
from tests.factories.newsletter import EventIndexPageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory
from tests.factories.users import UserFactory

KEPT = [
    "/",
    "/annuaire/",
    "/annuaire/le-chene/",
    "/actualites/",
    "/actualites/?page=1",
    "/actualites/une-nouvelle/",
    "/agenda/",
    "/actualites/flux.xml",
    "/actualites/atom.xml",
    "/agenda/agenda.ics",
]
NEVER_KEPT = [
    "/annuaire/?q=cmp",
    "/annuaire/?ou=Aubagne",
    "/annuaire/?lat=43.3&lon=5.4",
    "/annuaire/selection/",
    "/actualites/?page=abc",
    "/contact/",
    "/nulle-part/",
    "/secret/",
    "/compte/login/",
    "/healthz",
    "/api/recherche",
]

Committed = Callable[..., object]


@pytest.fixture
def site(db: None, settings: LazySettings) -> HomePage:
    settings.PORTAL_PAGE_CACHE = True
    caches["pages"].clear()
    caches["nearby"].clear()
    home = make_home()
    NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home, slug="actualites"), slug="une-nouvelle"
    )
    EventIndexPageFactory(parent=home, slug="agenda")
    ContactPageFactory(parent=home, slug="contact")
    directory = DirectoryPageFactory(parent=home, slug="annuaire")
    ResourcePageFactory(parent=directory, title="Le Chêne", slug="le-chene")
    PortalSettings.load()  # the first visit writes the row of the settings
    secret = StandardPage(title="Réservé", slug="secret")
    home.add_child(instance=secret)
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="sésame")
    return home


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    """A block that ends as a commit does."""

    def commit() -> object:
        connection.run_on_commit.clear()  # what the fixtures wrote is said already
        return django_capture_on_commit_callbacks(execute=True)

    return commit


@pytest.fixture(params=["kept whole", "made of what is held"])
def way(
    request: pytest.FixtureRequest, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Pages as the portal gives them, or made anew each time of what the process has at hand."""
    if request.param != "kept whole":
        # A test plays in a transaction, where nothing is held.
        monkeypatch.setattr(held, "connection", SimpleNamespace(in_atomic_block=False))
    return str(request.param)


@pytest.fixture
def open_site(site: HomePage, way: str, settings: LazySettings) -> HomePage:
    settings.PORTAL_PAGE_CACHE = way == "kept whole"
    return site


def is_kept(response: HttpResponse) -> bool:
    return "X-Accel-Expires" in response.headers


@pytest.mark.parametrize("address", KEPT)
def test_a_page_that_was_read_is_given_again_without_being_made(
    site: HomePage, settings: LazySettings, address: str
) -> None:
    settings.PORTAL_PAGE_CACHE = False
    made = Client().get(address)
    settings.PORTAL_PAGE_CACHE = True
    if address.endswith(".ics"):  # an empty calendar has a new key each time
        made = Client().get(address)
    Client().get(address)
    with CaptureQueriesContext(connection) as queries:
        kept = Client().get(address)
    assert not queries.captured_queries
    assert kept.content == made.content
    own = {"X-Accel-Expires", "ETag", "Vary", "Content-Length"}
    assert dict(made.items()).items() - dict(kept.items()).items() <= {
        (name, value) for name, value in made.items() if name in own
    }
    assert kept.headers["Vary"] == "Accept-Encoding"
    packed = Client().get(address, headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == made.content
    with CaptureQueriesContext(connection) as queries:
        again = Client().get(address, headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not queries.captured_queries


@pytest.mark.parametrize("address", NEVER_KEPT)
def test_what_is_somebody_s_or_nobody_s_is_made_each_time(site: HomePage, address: str) -> None:
    for _time in range(2):
        assert not is_kept(Client().get(address))
    assert not caches["pages"]._cache  # type: ignore[attr-defined]


def test_nothing_that_a_member_reads_is_kept_nor_given_from_what_is(site: HomePage) -> None:
    member = Client()
    member.force_login(UserFactory(is_superuser=True))
    for address in (*KEPT, *NEVER_KEPT):
        assert not is_kept(member.get(address)), address
    assert not caches["pages"]._cache  # type: ignore[attr-defined]
    for address in KEPT:
        assert is_kept(Client().get(address)), address
        assert not is_kept(member.get(address)), address
        assert "wagtail-userbar" not in Client().get(address).content.decode()


def change_title(site: HomePage) -> None:
    Page.objects.filter(slug="le-chene").update(title="Le Tilleul")


def change_settings(site: HomePage) -> None:
    portal = PortalSettings.load()
    portal.site_name = "Le Tilleul"
    portal.save()


def publish(site: HomePage) -> None:
    page = Page.objects.get(slug="le-chene").specific
    page.title = "Le Tilleul"
    page.save_revision().publish()


def change_directory(site: HomePage) -> None:
    Page.objects.filter(slug="annuaire").update(title="Le Tilleul")


def change_type(site: HomePage) -> None:
    ResourcePage.objects.get(slug="le-chene").type.__class__.objects.update(name="Le Tilleul")


def change_menu(site: HomePage) -> None:
    Page.objects.filter(slug="agenda").update(title="Le Tilleul", show_in_menus=True)


@pytest.mark.parametrize(
    "change", [change_title, publish, change_settings, change_directory, change_type, change_menu]
)
def test_the_next_reader_has_what_was_just_written(
    open_site: HomePage, committed: Committed, change: Callable[[HomePage], None]
) -> None:
    address = "/annuaire/le-chene/"
    for _time in range(2):
        assert "Le Tilleul" not in Client().get(address).content.decode()
    with committed():
        change(open_site)
    assert "Le Tilleul" in Client().get(address).content.decode()


@pytest.mark.parametrize("address", ["/annuaire/?q=&dans=fiches", "/annuaire/?q=ch%C3%AAne"])
def test_the_next_reader_of_a_list_has_what_was_just_written(
    open_site: HomePage, committed: Committed, address: str
) -> None:
    for _time in range(2):
        assert "Le Chêne du parc" not in Client().get(address).content.decode()
    with committed():
        page = Page.objects.get(slug="le-chene").specific
        page.title = "Le Chêne du parc"
        page.save_revision().publish()
    assert "Le Chêne du parc" in Client().get(address).content.decode()


def test_a_page_made_of_what_is_held_asks_the_database_nothing(
    site: HomePage, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PORTAL_PAGE_CACHE = False
    monkeypatch.setattr(held, "connection", SimpleNamespace(in_atomic_block=False))
    for address in ("/annuaire/", "/annuaire/le-chene/", "/actualites/"):
        first = Client().get(address).content
        Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).content == first
        assert len(queries) <= 1, address  # who may read it, as one page is closed


def test_nothing_is_held_of_what_may_never_be_committed(site: HomePage) -> None:
    address = "/annuaire/le-chene/"
    with transaction.atomic():
        Page.objects.filter(slug="le-chene").update(title="Le Tilleul")
        held_title = held.held("essai", lambda: Page.objects.get(slug="le-chene").title)
        assert held_title == "Le Tilleul"
        transaction.set_rollback(True)
    assert held.held("essai", lambda: Page.objects.get(slug="le-chene").title) == "Le Chêne"
    assert "Le Chêne" in Client().get(address).content.decode()


def test_what_a_view_changes_on_a_page_is_not_what_the_next_one_finds(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "connection", SimpleNamespace(in_atomic_block=False))
    page = Page.objects.get(slug="le-chene")
    mine = held.copy_of(held.held("essai", lambda: page))
    mine.title = "Autre"
    assert held.held("essai", lambda: page).title == "Le Chêne"


def test_a_page_that_is_withdrawn_or_closed_is_given_to_nobody(
    open_site: HomePage, committed: Committed
) -> None:
    for address in ("/annuaire/le-chene/", "/actualites/une-nouvelle/"):
        assert Client().get(address).status_code == 200
    with committed():
        Page.objects.get(slug="le-chene").unpublish()
    with committed():
        PageViewRestriction.objects.create(
            page=Page.objects.get(slug="une-nouvelle"), restriction_type="login"
        )
    assert Client().get("/annuaire/le-chene/").status_code == 404
    assert Client().get("/actualites/une-nouvelle/").status_code == 302


def test_what_depends_on_the_hour_is_told_anew_when_its_minute_ends(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = SimpleNamespace(time=lambda: 1_800_000_000.0)
    monkeypatch.setattr(page_cache, "time", moment)
    Client().get("/")
    moment.time = lambda: 1_800_000_059.9
    with CaptureQueriesContext(connection) as queries:
        Client().get("/")
    assert not queries.captured_queries
    moment.time = lambda: 1_800_000_060.0
    with CaptureQueriesContext(connection) as queries:
        assert is_kept(Client().get("/"))
    assert queries.captured_queries


def test_one_reader_has_a_page_made_anew_and_those_of_that_instant_have_the_one_before(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    settings.PORTAL_PAGE_CACHE = True
    moment = SimpleNamespace(time=lambda: 1_800_000_000.0)
    monkeypatch.setattr(page_cache, "time", moment)
    made: list[str] = []
    met: list[bytes] = []

    @keep_for_readers
    def view(request: HttpRequest) -> HttpResponse:
        made.append("")
        number = len(made)
        if number == 2:
            met.append(through(RequestFactory().get("/essai/")).content)
        return HttpResponse(f"version {number}")

    through = PageCacheMiddleware(view)  # type: ignore[arg-type]
    assert through(RequestFactory().get("/essai/")).content == b"version 1"
    moment.time = lambda: 1_800_000_060.0
    assert through(RequestFactory().get("/essai/")).content == b"version 2"
    assert met == [b"version 1"]
    assert through(RequestFactory().get("/essai/")).content == b"version 2"


def test_the_version_changes_with_what_readers_see_once_it_is_committed(
    db: None, committed: Committed
) -> None:
    job = PeriodicJob.objects.create(name="essai")

    def changes(write: Callable[[], object]) -> bool:
        before = content_version()
        with committed():
            write()
        return content_version() != before

    def give_up() -> None:
        with transaction.atomic():
            Site.objects.update(site_name="Nulle part")
            transaction.set_rollback(True)

    assert changes(lambda: HelpLineFactory())
    assert changes(lambda: Site.objects.update(site_name="Ailleurs"))
    assert changes(lambda: Commune.objects.bulk_create([Commune(code="99999", name="Ici")]))
    assert changes(lambda: Commune.objects.filter(code="99999").delete())
    assert not changes(lambda: PeriodicJob.objects.filter(pk=job.pk).update(last_message="Fait"))
    assert not changes(give_up)
    assert not changes(lambda: list(Site.objects.all()))
