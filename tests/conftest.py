"""Fixtures that every test may use."""

import functools
import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from django.conf import LazySettings
from django.core.cache import caches
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone, translation

from wagtail.signal_handlers import disable_reference_index_auto_update

import pytest
from modelsearch import signal_handlers
from pytest_django import DjangoDbBlocker

from portal.api import throttling
from portal.cache.content_version import forget_request
from portal.cache.held import forget_held
from portal.geo import services
from portal.mail.standstill_messages import forget_last_look
from portal.users.groups import ensure_groups
from tests.clock import Clock
from tests.factories.home import make_home
from tests.faults.databases import copied_again, copied_database
from tests.rate_limits import SetLimit
from tests.template_database import copied_from_template, make_template


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again in each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_configure(config: pytest.Config) -> None:
    """Before the first process of the tests starts, the database that all of them copy."""
    if not hasattr(config, "workerinput"):
        make_template()


@pytest.fixture(autouse=True, scope="session")
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two runs of the tests at once do not hold each other's locks."""
    with override_settings(VAR_DIR=tmp_path_factory.mktemp("var")):
        yield


@pytest.fixture(autouse=True, scope="session")
def _read_lists_of_communes_once() -> Iterator[None]:
    """Unpacking all the communes of France takes longer than most tests."""
    unpack = services.read_rows
    rows = functools.cache(lambda name: tuple(unpack(name)))
    with patch.object(services, "read_rows", rows):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    with copied_from_template():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Make once what most tests begin with: the groups of editors and the home page."""
    with django_db_blocker.unblock():
        ensure_groups()
        make_home()


@pytest.fixture(scope="session")
def _untouched_database(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("untouched")
    with django_db_blocker.unblock(), copied_database(folder) as url:
        yield url


@pytest.fixture
def database_apart(_untouched_database: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database that other processes play in, as environment: one for each test."""
    with copied_again(_untouched_database, tmp_path) as url:
        yield {"DATABASE_URL": url, "PORTAL_TEST_VAR_DIR": str(tmp_path)}


@pytest.fixture(autouse=True)
def _no_editors_indexes(request: pytest.FixtureRequest) -> Iterator[None]:
    """A saved page is not written to the two indexes that only editors read.

    Wagtail's own search and its table of references take a tenth of the time of all tests. Those
    that look into them ask for ``editors_indexes``.
    """
    if "editors_indexes" in request.fixturenames:
        yield
        return
    with (
        disable_reference_index_auto_update(),
        patch.object(signal_handlers, "insert_or_update_object_task"),
    ):
        yield


@pytest.fixture
def editors_indexes() -> None:
    """Wagtail's search and references are kept up to date, as in the portal."""


@pytest.fixture
def communes(db: None) -> None:
    """The communes of the Bouches-du-Rhône, from the list that ships with the portal."""
    call_command("load_communes", "--departement", "13", verbosity=0)


@pytest.fixture(autouse=True)
def _speak_french() -> Iterator[None]:
    """A page read in English leaves its language to what the same process does next."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """What one test has kept is no other test's business."""
    _forget_all()
    yield
    _forget_all()


def _forget_all() -> None:
    for one in caches.all(initialized_only=True):
        one.clear()
    forget_request()
    forget_held()
    throttling.shares.clear()
    forget_last_look()


@pytest.fixture
def set_limit(settings: LazySettings) -> SetLimit:
    """Change the amount of a limit, for one test."""

    def set_limit(name: str, amount: int) -> None:
        changed = replace(settings.RATE_LIMITS[name], amount=amount, batch=1)
        settings.RATE_LIMITS = settings.RATE_LIMITS | {name: changed}

    return set_limit


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands at noon until the test moves it: no window ends by itself."""
    clock = Clock(timezone.now().replace(hour=12, minute=0, second=0, microsecond=0))
    monkeypatch.setattr(timezone, "now", clock)
    return clock
