"""The index heals: built anew beside the old one, or mended where it differs."""

import random
from collections.abc import Callable

from django.conf import LazySettings
from django.core.management import CommandError, call_command

import pytest

from resources.listing.models import DirectoryPage
from resources.models import GemPage
from search.contracts import EngineUnavailable, SearchDocument
from search.engines import embedded_engine
from search.fingerprint import document_fingerprint
from search.models import IndexedDocument, PendingChange
from search.services import outbox, reconcile
from search.services.documents import all_documents
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, GemPageFactory, ResourcePageFactory
from tests.search.indexed import titles

SEED = 20261124


class FlakyServer:
    """A search server that can be away; it keeps what it is told."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.is_away = False

    def put(self, documents) -> None:
        self._answer()
        self.held.update({one.key: document_fingerprint(one) for one in documents})

    def remove(self, keys) -> None:
        self._answer()
        for key in keys:
            self.held.pop(key, None)

    def digests(self) -> dict[str, str]:
        self._answer()
        return dict(self.held)

    def rebuild(self, documents) -> int:
        self._answer()
        self.held = {one.key: document_fingerprint(one) for one in documents}
        return len(self.held)

    def _answer(self) -> None:
        if self.is_away:
            raise EngineUnavailable("away")


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return DirectoryPageFactory(parent=make_home())


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> FlakyServer:
    settings.SEARCH_URL = "http://127.0.0.1:9"
    server = FlakyServer()
    monkeypatch.setattr(reconcile, "server_engine", lambda: server)
    monkeypatch.setattr(outbox, "server_engine", lambda: server)
    # Told at the end of each test's own « after the commit », in the same thread.
    monkeypatch.setattr(outbox, "_send_later", outbox._send)
    monkeypatch.setattr(outbox.connections, "close_all", lambda: None)
    return server


def expected() -> dict[str, str]:
    return {one.key: document_fingerprint(one) for one in all_documents()}


def test_a_rebuild_finds_every_page_again(directory, capsys):
    GemPageFactory(parent=directory, title="La Treille")
    IndexedDocument.objects.all().delete()
    call_command("rebuild_search")
    assert titles("treille") == ["La Treille"]
    assert f"{len(expected())} documents" in capsys.readouterr().out
    assert embedded_engine().digests() == expected()


def test_an_interrupted_rebuild_leaves_the_index_that_answers(directory):
    GemPageFactory(parent=directory, title="La Treille")
    before = embedded_engine().digests()

    def cut_short():
        yield SearchDocument("page:999999", "GEM", "Le Platane", "/platane/", "fr")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedded_engine().rebuild(cut_short())
    assert titles("treille") == ["La Treille"]
    assert titles("platane") == []
    assert embedded_engine().digests() == before
    call_command("rebuild_search", verbosity=0)
    assert embedded_engine().digests() == expected()


def test_the_old_index_answers_while_the_new_one_is_built(directory):
    for rank in range(5):
        GemPageFactory(parent=directory, title=f"Treille {rank}")
    seen = []

    def read_slowly():
        for document in list(all_documents()):
            seen.append(len(titles("treille")))
            yield document

    embedded_engine().rebuild(read_slowly())
    assert set(seen) == {5}
    assert len(titles("treille")) == 5


def test_reconciling_writes_what_lacks_and_removes_what_is_spare(directory, capsys):
    GemPageFactory(parent=directory, title="La Treille")
    gone = GemPageFactory(parent=directory, title="Le Platane")
    embedded_engine().remove([one.key for one in all_documents()])
    embedded_engine().put([SearchDocument("page:999999", "GEM", "Fantôme", "/fantome/", "fr")])
    embedded_engine().put([gone.to_search_document()])
    call_command("reconcile_search")
    assert "1 retirés" in capsys.readouterr().out
    assert embedded_engine().digests() == expected()
    assert titles("fantome") == []
    call_command("reconcile_search")
    assert "0 documents écrits, 0 retirés" in capsys.readouterr().out


def test_the_server_is_told_after_the_commit(
    directory, server, django_capture_on_commit_callbacks: Callable
):
    with django_capture_on_commit_callbacks(execute=True):
        entry = GemPageFactory(parent=directory)
        assert server.held == {}
    assert f"page:{entry.pk}" in server.held
    assert not PendingChange.objects.exists()


def test_a_server_that_is_away_is_told_later_and_costs_no_page(
    directory, server, django_capture_on_commit_callbacks: Callable
):
    server.is_away = True
    with django_capture_on_commit_callbacks(execute=True):
        entry = GemPageFactory(parent=directory, title="La Treille")
    assert titles("treille") == ["La Treille"]
    assert PendingChange.objects.filter(key=f"page:{entry.pk}").exists()
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("reconcile_search")
    server.is_away = False
    call_command("reconcile_search")
    assert server.held == expected()
    assert not PendingChange.objects.exists()


def test_after_many_changes_with_a_server_away_half_of_the_time_nothing_differs(
    directory, server, django_capture_on_commit_callbacks: Callable
):
    """A3.4, at a fifth of its size; the seed lets a failure be played again."""
    dice = random.Random(SEED)  # noqa: S311
    for _ in range(100):
        server.is_away = dice.random() < 0.5
        with django_capture_on_commit_callbacks(execute=True):
            change_something(directory, dice)
    server.is_away = False
    call_command("reconcile_search", verbosity=0)
    assert embedded_engine().digests() == expected()
    assert server.held == expected()


def change_something(directory: DirectoryPage, dice: random.Random) -> None:
    entries = list(GemPage.objects.order_by("pk"))
    what = dice.choice(["create", "edit", "unpublish", "delete"])
    if what == "create" or not entries:
        GemPageFactory(parent=DirectoryPage.objects.get(pk=directory.pk))
        return
    entry = dice.choice(entries)
    if what == "edit":
        entry.title = f"Lieu {dice.randrange(1000)}"
        entry.save_revision().publish()
    elif what == "unpublish":
        entry.unpublish()
    else:
        entry.delete()


def test_a_rebuild_costs_the_same_for_two_entries_or_ten(
    directory, django_assert_max_num_queries: Callable
):
    ResourcePageFactory.create_batch(2, parent=directory)
    list(all_documents())  # content types and site roots are known from now on
    with django_assert_max_num_queries(60) as few:
        list(all_documents())
    ResourcePageFactory.create_batch(8, parent=DirectoryPage.objects.get())
    with django_assert_max_num_queries(len(few)):
        list(all_documents())
