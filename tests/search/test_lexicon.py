"""The words that editors add are understood at once; those that ship are in every portal."""

import re

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import pytest

from home.demo.files import REFERENCE, read_yaml
from portal.base.choices import Public
from resources.models import ResourceType
from search.contracts import SearchQuery
from search.models import LexiconEntry
from search.understanding import type_phrases, understand
from search.understanding.phrases import PhraseBook
from tests.factories.home import put_welcome_page_back
from tests.search.shipped_lexicon import asked

pytestmark = pytest.mark.django_db

SHIPPED = read_yaml(REFERENCE / "lexicon.yaml")


def entry(**values: object) -> LexiconEntry:
    made = LexiconEntry(**{"name": "Essai", "phrases": "le genoux dans les baskets", **values})
    made.full_clean()
    made.save()
    return made


def test_a_plain_phrase_prefers_its_types_and_its_words_stay_to_be_found() -> None:
    entry(types=["CMP", "GEM"], synonyms="tristesse\nmal-être")
    found = asked("genoux dans les basket")
    assert found.likely_types == ("CMP", "GEM")
    assert found.types == ()
    assert found.synonyms == ("tristesse", "mal-être")
    assert found.text == "genoux dans les basket"


def test_a_name_wants_only_its_type_and_its_words_are_understood() -> None:
    entry(phrases="la maison bleue", types=["CMP"], is_name=True)
    found = asked("maison bleue adultes")
    assert found.types == ("CMP",)
    assert found.text == ""


def test_an_entry_may_say_the_public_the_reception_and_the_language() -> None:
    entry(phrases="zem zem", public="etudiants", practical=["gratuit"], language="ar")
    found = asked("zem zem")
    assert found.public == "etudiants"
    assert (found.filters.practical, found.filters.language) == (("gratuit",), "ar")


def test_a_page_may_be_promoted(django_assert_num_queries) -> None:
    from wagtail.models import Page

    page = Page.objects.get(depth=2)
    entry(promoted_page=page)
    assert asked("le genoux dans les baskets").promoted == (f"page:{page.pk}",)


def test_a_change_is_understood_at_once() -> None:
    made = entry(types=["CMP"])
    assert asked("genoux dans les baskets").likely_types == ("CMP",)
    made.types = ["GEM"]
    made.save()
    assert asked("genoux dans les baskets").likely_types == ("GEM",)
    made.is_active = False
    made.save()
    assert asked("genoux dans les baskets").likely_types == ()
    made.is_active = True
    made.save()
    made.delete()
    assert asked("genoux dans les baskets").likely_types == ()


def test_the_words_of_the_editors_win_over_those_of_the_portal() -> None:
    assert asked("gem").types == ("GEM",)
    entry(phrases="gem", types=["CLUBHOUSE"], is_name=True)
    assert asked("gem").types == ("CLUBHOUSE",)


def test_a_longer_phrase_of_small_words_does_not_hide_a_name() -> None:
    entry(phrases="mon cmp", types=["GEM"])
    assert asked("cmp").types == ("CMP",)


def test_a_type_that_editors_name_is_understood_in_each_language() -> None:
    from wagtail.models import Locale

    locale = Locale.objects.get(language_code="fr")
    english, _made = Locale.objects.get_or_create(language_code="en")
    values = {"code": "CAFE_PSY", "family": "entraide"}
    french = ResourceType.objects.create(locale=locale, name="Café des voisins", **values)
    key = french.translation_key
    ResourceType.objects.create(
        locale=english, name="Neighbours café", translation_key=key, **values
    )
    found = asked("café des voisins")
    assert found.types == ("CAFE_PSY",)
    assert found.parts[0].label == "Café des voisins"
    found = understand(SearchQuery(text="neighbours cafe", language="en"))
    assert found.types == ("CAFE_PSY",)
    assert found.parts[0].label == "Neighbours café"
    french.name = "Le bistrot"
    french.save()
    assert asked("bistrot").types == ("CAFE_PSY",)


def test_understanding_asks_the_database_three_times_then_no_more(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(3):  # types, words, territories
        asked("psy aubagne")
    with django_assert_num_queries(0):
        asked("je ne dors plus")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phrases": " \n "}, "phrases"),
        ({"phrases": "dormir\nle la les"}, "phrases"),
        ({"phrases": "…"}, "phrases"),
        ({"is_name": True, "types": []}, "is_name"),
    ],
)
def test_an_entry_that_would_mean_everything_or_nothing_is_refused(values, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        entry(**values)
    assert field in refused.value.message_dict


def test_the_same_phrase_typed_twice_is_kept_once() -> None:
    assert entry(phrases="  dormir \r\n\r\ndormir\nplus   dormir").phrases == "dormir\nplus dormir"


# What ships.


def test_what_ships_is_in_every_portal_once_and_stays_the_editors_own() -> None:
    put_welcome_page_back()
    call_command("start_portal", departement="2A", verbosity=0)
    assert LexiconEntry.objects.count() == len(SHIPPED) >= 150
    sleep = LexiconEntry.objects.get(name="Sommeil")
    sleep.phrases = "marchand de sable"
    sleep.save()
    LexiconEntry.objects.get(name="Alcool").delete()
    call_command("start_portal", departement="2A", verbosity=0)
    assert LexiconEntry.objects.get(name="Sommeil").phrases == "marchand de sable"
    assert not LexiconEntry.objects.filter(name="Alcool").exists()


def test_what_ships_speaks_of_known_types_and_publics() -> None:
    known = set(type_phrases.NAMES)
    for one in SHIPPED:
        assert set(one.get("types", [])) <= known, one["name"]
        assert one.get("public", "enfants") in Public.values, one["name"]
        assert one.get("types") or one.get("synonyms"), one["name"]
        assert all(isinstance(phrase, str) for phrase in one["phrases"]), one["name"]


def test_a_phrase_of_the_shipped_lexicon_leads_to_one_entry_only() -> None:
    first: dict[str, str] = {}
    for one in SHIPPED:
        for phrase in one["phrases"]:
            assert first.setdefault(phrase, one["name"]) == one["name"], phrase


def test_no_shipped_phrase_promises_to_heal() -> None:
    promise = re.compile(r"\b(guérir|guérison|remède|traitement miracle|sans médicament)\b")
    for one in SHIPPED:
        assert not promise.search(" ".join([one["name"], *one.get("synonyms", [])]))


def test_each_shipped_phrase_is_understood_as_its_entry() -> None:
    put_welcome_page_back()
    call_command("start_portal", departement="13", verbosity=0)
    for one in SHIPPED:
        for phrase in one["phrases"]:
            found = asked(phrase)
            wanted = found.types + found.likely_types
            assert found.crisis or found.quiet or not one.get("types") or wanted, (
                phrase,
                one["name"],
            )


# The editors' screen.


def test_an_editor_adds_words_and_chooses_types_by_their_names(
    admin_client: Client,
) -> None:
    put_welcome_page_back()
    call_command("start_portal", departement="13", verbosity=0)
    url = reverse("wagtailsnippets_search_lexiconentry:add")
    page = admin_client.get(url).content.decode()
    assert "Hôpital de jour" in page
    assert 'value="HDJ"' in page
    posted = {
        "name": "Essai", "phrases": "genoux dans les baskets", "types": ["HDJ", "CMP"],
        "practical": ["gratuit"], "language": "", "public": "", "synonyms": "",
        "promoted_page": "", "is_active": "on",
    }  # fmt: skip
    response = admin_client.post(url, posted)
    assert response.status_code == 302, response.context["form"].errors
    made = LexiconEntry.objects.get(name="Essai")
    assert (set(made.types), made.practical) == ({"HDJ", "CMP"}, ["gratuit"])
    assert set(asked("genoux dans les baskets").likely_types) == {"HDJ", "CMP"}


def test_a_type_no_longer_in_use_stays_ticked_until_the_editor_unticks_it(
    admin_client: Client,
) -> None:
    made = entry(types=["DISPARU"])
    url = reverse("wagtailsnippets_search_lexiconentry:edit", args=[made.pk])
    assert 'value="DISPARU"' in admin_client.get(url).content.decode()


def test_a_phrasebook_prefers_the_longest_phrase() -> None:
    from search.understanding.phrases import PhraseMeaning
    from search.understanding.tokenize import QueryText

    book = PhraseBook(
        [("hôpital", PhraseMeaning(likely=("A",))), ("hôpital de jour", PhraseMeaning(("B",)))]
    )
    (said,) = book.find(QueryText("l’hôpital de jour"))
    assert said.meaning.types == ("B",)
