"""A page is found as soon as it is published, and no longer than it is."""

from django.db import DatabaseError, transaction

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

import pytest
from wagtail_factories import DocumentFactory

from home.models import HomePage
from portal.geo.models import Commune, Territory
from resources.choices import CostType, EntryStatus, SectorAudience
from resources.listing.models import DirectoryPage
from search.contracts import SearchFilters, SearchQuery
from search.engines.database import DatabaseEngine
from search.models import PendingChange
from search.services import search, search_as_page
from tests.factories.home import (
    CrisisPageFactory,
    GlossaryPageFactory,
    GlossaryTermFactory,
    HelpLineFactory,
    StandardPageFactory,
    make_home,
)
from tests.factories.resources import (
    CmpPageFactory,
    DirectoryPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorCommuneFactory,
    SectorFactory,
)
from tests.search.indexed import found, titles


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def directory(home: HomePage) -> DirectoryPage:
    return DirectoryPageFactory(parent=home)


def test_a_published_entry_is_found_by_its_title_its_type_and_its_text(directory):
    hospital = ResourceTypeFactory(code="HDJ", name="Hôpital de jour")
    ResourcePageFactory(
        parent=directory, title="Les Oliviers", type=hospital, first_contact="Écrivez-nous"
    )
    assert titles("oliviers") == titles("hopitaux jour") == titles("ecrivez") == ["Les Oliviers"]


def test_a_draft_is_not_found_nor_what_a_draft_changes(directory):
    entry = GemPageFactory(parent=directory, title="La Treille")
    entry.title = "Le Platane"
    entry.save_revision()
    assert titles("platane") == []
    assert titles("treille") == ["La Treille"]
    entry.save_revision().publish()
    assert titles("platane") == ["Le Platane"]
    assert titles("treille") == []


@pytest.mark.parametrize("gone", ["unpublished", "deleted", "closed", "restricted"])
def test_what_readers_may_no_longer_see_is_no_longer_found(directory, gone):
    entry = GemPageFactory(parent=directory, title="La Treille")
    if gone == "unpublished":
        entry.unpublish()
    elif gone == "deleted":
        entry.delete()
    elif gone == "closed":
        entry.status = EntryStatus.CLOSED
        entry.save()
    else:
        PageViewRestriction.objects.create(
            page=directory, restriction_type=PageViewRestriction.LOGIN
        )
    assert titles("treille") == []


def test_a_lifted_restriction_brings_the_pages_back(directory):
    GemPageFactory(parent=directory, title="La Treille")
    restriction = PageViewRestriction.objects.create(
        page=directory, restriction_type=PageViewRestriction.LOGIN
    )
    restriction.delete()
    assert titles("treille") == ["La Treille"]


def test_deleting_a_page_takes_what_is_below_it(directory):
    GemPageFactory(parent=directory, title="La Treille")
    directory.delete()
    assert titles("treille") == []


def test_an_index_that_is_late_shows_no_hidden_page(directory, monkeypatch):
    entry = GemPageFactory(parent=directory, title="La Treille")
    monkeypatch.setattr(DatabaseEngine, "remove", lambda self, keys: None)
    entry.unpublish()
    assert titles("treille") == ["La Treille"]
    assert search(SearchQuery(text="treille")).hits == ()


def test_a_new_address_is_followed_by_all_that_stands_below(
    directory, django_capture_on_commit_callbacks
):
    GemPageFactory(parent=directory, title="La Treille", slug="treille")
    directory.slug = "lieux"
    with django_capture_on_commit_callbacks(execute=True):
        directory.save_revision().publish()
    assert found("treille")[0].url.endswith("/lieux/treille/")


def test_a_change_of_its_type_is_found_in_the_entry(directory):
    kind = ResourceTypeFactory(code="ASSOCIATION", name="Association")
    ResourcePageFactory(parent=directory, title="Les Oliviers", type=kind)
    kind.full_name = "Fraternelle"
    kind.save()
    assert titles("fraternelle") == ["Les Oliviers"]


def test_a_cmp_serves_the_communes_of_its_sectors(directory, communes):
    sector = SectorFactory()
    cmp_page = CmpPageFactory(parent=directory, audience=SectorAudience.ADULTE, sectors=[sector])
    SectorCommuneFactory(sector=sector, commune_id="13005")
    assert cmp_page.to_search_document().communes == ("13005",)


def test_a_territory_gives_its_communes_to_the_entries_that_cover_it(directory, communes):
    territory = Territory.objects.create(name="Garlaban", slug="garlaban")
    entry = ResourcePageFactory(parent=directory)
    entry.coverage_territories = [territory]
    entry.save()
    territory.communes.set(Commune.objects.filter(pk__in=["13005", "13002"]))
    assert set(type(entry).objects.get().to_search_document().communes) == {"13005", "13002"}


def test_an_entry_tells_its_filters(directory):
    entry = ResourcePageFactory(
        parent=directory, cost=CostType.FREE, is_remote=True, age_min=12, age_max=17,
        publics=["adolescents"], accessibility=["pmr", "lsf"],
    )  # fmt: skip
    assert entry.to_search_document().facets == {
        "public": ("adolescents",),
        "age": ("12-17",),
        "pratique": ("gratuit", "pmr", "distance"),
        "langue": ("fsl",),
    }


def test_without_coordinates_the_middle_of_the_commune_is_a_rough_point(directory, communes):
    entry = ResourcePageFactory(parent=directory, commune_id="13005")
    document = entry.to_search_document()
    aubagne = Commune.objects.get(pk="13005")
    assert (document.lat, document.lon, document.is_rough) == (aubagne.lat, aubagne.lon, True)


def test_the_words_of_a_page_s_blocks_are_found(home):
    body = [("paragraph", "<p>Un psychologue vous écoute près du lavoir.</p>")]
    StandardPageFactory(parent=home, title="Parler", body=body)
    assert titles("lavoir") == ["Parler"]


def test_help_lines_words_types_and_files_are_found(directory, home):
    CrisisPageFactory(parent=home)
    GlossaryPageFactory(parent=home)
    line = HelpLineFactory(name="Écoute Rivage", number="3999")
    GlossaryTermFactory(term="ABCD", expansion="Abri bleu")
    ResourceTypeFactory(code="SAMSAH", name="SAMSAH", explanation="Une équipe vous aide.")
    DocumentFactory(title="Rapport du rivage")
    hits = {hit.kind: hit for hit in found("rivage")}
    assert hits["LIGNE_ECOUTE"].url.endswith(f"/aide/#{line.anchor}")
    assert "DOCUMENT" in hits
    assert found("abri bleu")[0].kind == "LEXIQUE"
    assert found("", types=("SAMSAH",))[0].url.endswith("/annuaire/?type=samsah")


def test_an_unverified_number_and_a_private_file_are_not_found(home):
    CrisisPageFactory(parent=home)
    HelpLineFactory(name="Écoute Rivage", verified_on=None)
    collection = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    DocumentFactory(title="Rapport du rivage", collection=collection)
    assert found("rivage") == []


def test_an_index_that_fails_does_not_cost_the_page(directory, monkeypatch, caplog):
    def fail(self, documents):
        raise DatabaseError("disk full")

    monkeypatch.setattr(DatabaseEngine, "put", fail)
    with transaction.atomic():
        entry = GemPageFactory(parent=directory, title="La Treille")
    assert type(entry).objects.filter(pk=entry.pk).exists()
    assert f"page:{entry.pk}" in caplog.text
    said = [record.getMessage() for record in caplog.records if "search" in record.name]
    assert said
    assert "Treille" not in "".join(said)


def test_an_undone_change_leaves_the_index_as_it_was(directory):
    entry = GemPageFactory(parent=directory, title="La Treille")
    with transaction.atomic():
        entry.title = "Le Platane"
        entry.save()
        transaction.set_rollback(True)
    assert titles("treille") == ["La Treille"]
    assert titles("platane") == []


def test_without_a_search_server_nothing_waits_to_be_sent(directory):
    GemPageFactory(parent=directory)
    assert not PendingChange.objects.exists()


def test_words_that_narrow_to_nothing_do_not_leave_partners_without_an_answer(directory):
    ResourceTypeFactory(code="CMP", name="CMP", full_name="Centre médico-psychologique")
    CmpPageFactory(parent=directory, title="CMP Rivage")
    answer = search_as_page(SearchQuery(text="cmp en anglais aubagne"))
    assert answer.understood.filters.language == "en"
    assert [hit.title for hit in answer.hits] == ["CMP Rivage"]
    ticked = SearchQuery(text="cmp aubagne", filters=SearchFilters(language="en"))
    assert search_as_page(ticked).total == 0
