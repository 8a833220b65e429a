"""What the demonstration shows, and what setting it up again leaves alone."""

import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.conf import LazySettings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone

from wagtail.models import Page, Site

import pytest

from actions.choices import ActionStatus
from actions.models import ActionPage, Priority, RecommendationPage
from home.demo.content_dates import WRITTEN_ON
from home.demo.portal import seed_demo
from home.models import NeedPage, PtsmPage, SeededObject, StandardPage
from newsletter.blocks import pages_in
from newsletter.models import EventPage, IssuePage, NewsPage, Topic
from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from portal.crisis.needs import Need
from portal.geo.models import Territory
from portal.glossary.models import GlossaryTerm
from portal.translations.models import TranslationState
from resources.choices import EntryFreshness
from resources.duplicates import find_duplicates
from resources.models import CmpPage, GemPage, ResourcePage, ResourceType, Sector
from resources.verification.schedule import entries_to_ask
from tests.factories.users import UserFactory
from tests.home.setting_up import set_up_once

FICTIONAL_PHONE = re.compile(r"^04 65 71 \d\d \d\d$")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The demonstration, set up by its command; what the command said."""
    with set_up_once(django_db_blocker, "seed_demo") as said:
        yield said


def seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def test_setting_up_twice_makes_nothing_twice(demo: str) -> None:
    pages, seeded = Page.objects.count(), SeededObject.objects.count()
    again = seed()
    assert Page.objects.count() == pages
    assert SeededObject.objects.count() == seeded
    assert "0 fiche de l’annuaire créée, 190 inchangées." in again
    assert not re.search(r"^[1-9]\d* .*créé", again, re.MULTILINE)


def test_the_command_says_what_it_made(demo: str) -> None:
    assert "190 fiches de l’annuaire créées, 0 inchangée." in demo
    assert "14 secteurs de psychiatrie créés, 0 inchangé." in demo


def test_what_ships_is_dated_by_the_day_it_was_written_until_a_person_publishes(
    demo: str,
) -> None:
    page = Page.objects.get(slug="donnees-personnelles").specific
    assert page.content_updated_on == min(WRITTEN_ON, timezone.localdate())
    entry = ResourcePage.objects.exclude(source_date=None).filter(live=True).first()
    assert entry.updated_on == entry.source_date

    page.get_latest_revision().publish()

    page = Page.objects.get(pk=page.pk).specific
    assert page.content_updated_on is None
    assert page.updated_on == timezone.localdate()


def test_the_page_on_personal_data_says_all_that_is_kept(demo: str) -> None:
    body = str(Page.objects.get(slug="donnees-personnelles").specific.body)
    for kept in ("référent", "signalez une erreur", "combien de fois chaque fiche", "trois ans"):
        assert kept in body


def test_the_lexicon_holds_no_note_between_editors(demo: str) -> None:
    for term in GlossaryTerm.objects.all():
        assert "confirmer" not in f"{term.expansion} {term.definition} {term.synonyms}"


def test_a_page_that_an_editor_changed_is_left_as_it_is(demo: str) -> None:
    page = CmpPage.objects.get(slug="cmp-pressense")
    page.phone = "04 91 00 00 00"
    page.save_revision().publish()
    seed()
    page.refresh_from_db()
    assert page.phone == "04 91 00 00 00"
    of_the_table = CmpPage.objects.get(title="CMP Longarel")
    of_the_table.phone = "04 42 00 00 00"
    of_the_table.save_revision().publish()
    seed()
    of_the_table.refresh_from_db()
    assert of_the_table.phone == "04 42 00 00 00"


def test_a_page_that_an_editor_unpublished_stays_unpublished(demo: str) -> None:
    page = Page.objects.get(slug="mentions-legales")
    page.unpublish()
    seed()
    page.refresh_from_db()
    assert not page.live


def test_what_an_editor_deleted_is_not_made_again(demo: str) -> None:
    ResourcePage.objects.get(slug="gem-leo").delete()
    ResourcePage.objects.get(title="CMP Longarel").delete()
    GlossaryTerm.objects.filter(term="CMP").delete()
    again = seed()
    assert not ResourcePage.objects.filter(slug="gem-leo").exists()
    assert not ResourcePage.objects.filter(title="CMP Longarel").exists()
    assert not GlossaryTerm.objects.filter(term="CMP").exists()
    assert "188 inchangées, 2 suppressions respectées." in again


def test_a_deleted_section_of_the_site_stays_deleted_with_all_its_pages(demo: str) -> None:
    Page.objects.get(slug="actualites").delete()
    seed()
    assert not NewsPage.objects.exists()


def test_an_editor_s_settings_are_left_as_they_are(demo: str) -> None:
    portal = PortalSettings.load()
    portal.site_name = "Notre portail"
    portal.footer = []
    portal.save()
    seed()
    portal = PortalSettings.load()
    assert portal.site_name == "Notre portail"
    assert not portal.footer


def test_the_footer_leads_to_what_a_visitor_asks_of_a_site(demo: str, client) -> None:
    footer = client.get("/").content.decode().partition("<footer")[2]
    for address in ("/ptsm/recommandations/", "/accessibilite/", "/donnees-personnelles/"):
        assert f'href="{address}"' in footer
    assert "Accessibilité\u00a0: non conforme" in footer


def test_the_home_page_answers_at_the_site_s_root(demo: str, client) -> None:
    assert client.get("/").status_code == 200
    assert Page.objects.filter(depth=2, locale__language_code="fr").count() == 1
    assert Site.objects.get().root_page.slug == "accueil"


def test_most_true_places_are_outside_marseille(demo: str) -> None:
    true = ResourcePage.objects.live().filter(is_example=False)
    assert true.count() == 187
    assert true.exclude(commune__code__regex=r"^13(055|2(0[1-9]|1[0-6]))$").count() == 91
    assert true.filter(type__code="CMP").count() == 51


def test_a_place_is_there_once(demo: str) -> None:
    """Two services of a hospital may share a switchboard; nothing else may be alike."""
    for page in ResourcePage.objects.live():
        alike = find_duplicates(page)
        assert all("téléphone" in why for why, _known in alike), (page.title, alike)


def test_a_door_whose_public_no_source_tells_says_to_ask(demo: str, client) -> None:
    unsaid = [page for page in CmpPage.objects.live() if not page.says_whom]
    assert len(unsaid) > 30
    for page in unsaid:
        assert page.audience == "", page.title
        assert "Appelez pour savoir qui y est reçu" in client.get(page.url).content.decode()
    for page in ResourcePage.objects.live().filter(type__code="HOPITAL_PSY"):
        assert not page.says_whom, page.title


def test_a_team_in_a_commune_is_no_area(demo: str) -> None:
    """Arles has teams of its hospital; no source tells which communes they receive."""
    for page in CmpPage.objects.live().filter(commune__code="13004"):
        assert not page.communes_served(), page.title
        assert page.hospital.title.startswith("Centre hospitalier Joseph-Imbert")


def test_an_address_that_was_left_is_not_shown(demo: str) -> None:
    page = CmpPage.objects.get(slug="cmp-pressense")
    assert not page.public_address
    assert "appelez pour savoir où il reçoit" in page.summary
    assert not ResourcePage.objects.filter(address_street__contains="Pressensé").exists()


def test_a_switchboard_is_told_as_one(demo: str) -> None:
    page = CmpPage.objects.get(slug="cmp-lafon-13g03")
    assert "standard de l’AP-HM" in page.first_contact


def test_nobody_is_told_to_call_a_place_that_has_no_number(demo: str) -> None:
    for page in ResourcePage.objects.live().filter(phone=""):
        said = f"{page.summary} {page.first_contact}".lower()
        assert "appelez" not in said, page.title


def test_every_entry_says_its_source_and_date_and_none_is_said_verified(demo: str) -> None:
    for page in ResourcePage.objects.live():
        assert page.source, page.title
        assert page.source_date, page.title
        assert page.freshness == EntryFreshness.UNKNOWN, page.title


def test_examples_are_labelled_and_only_they_have_fictional_numbers(demo: str) -> None:
    examples = ResourcePage.objects.filter(is_example=True)
    assert examples.count() == 3
    for page in examples:
        assert "exemple" in page.title.lower()
        assert "données fictives" in page.summary
        assert FICTIONAL_PHONE.match(page.phone), page.phone
    for page in ResourcePage.objects.filter(is_example=False):
        assert not FICTIONAL_PHONE.match(page.phone), page.title


def test_examples_are_in_no_result_and_reached_by_their_own_links(demo: str, client) -> None:
    for page in ResourcePage.objects.live().filter(is_example=True):
        html = client.get(f"/annuaire/?type={page.type.code.lower()}").content.decode()
        assert page.title not in html
        assert page.url in client.get("/a-propos/").content.decode()


def test_no_message_is_due_to_a_true_structure(demo: str, settings) -> None:
    settings.PORTAL_IS_DEMO = True
    asked = entries_to_ask(timezone.localdate())
    assert all(page.is_example for page in asked), list(asked)


def test_every_gem_and_every_cmp_of_the_sources_is_there(demo: str) -> None:
    assert CmpPage.objects.live().filter(sectors__isnull=False).count() == 14
    assert GemPage.objects.live().filter(is_example=False).count() == 4


def test_the_fourteen_sectors_tell_shared_arrondissements_as_shared(demo: str) -> None:
    assert Sector.objects.count() == 14
    shared: dict[str, int] = {}
    for sector in Sector.objects.prefetch_related("sector_communes"):
        for row in sector.sector_communes.all():
            if row.part == "partielle":
                assert row.note
                shared[row.commune_id] = shared.get(row.commune_id, 0) + 1
    assert shared == {"13202": 2, "13206": 2, "13215": 2}


def test_a_cmp_serves_one_sector_or_none_that_is_known(demo: str) -> None:
    assert sum(cmp.sectors.count() for cmp in CmpPage.objects.all()) == 14
    for cmp in CmpPage.objects.filter(sectors__isnull=False):
        assert cmp.sectors.count() == 1, cmp.title
        assert cmp.audience == "adulte", cmp.title
    assert {c.name for c in CmpPage.objects.get(slug="cmp-pressense").served_communes} == {
        "Marseille 1er",
        "Marseille 2e",
    }


def test_every_help_line_shown_has_a_source_and_a_date(demo: str) -> None:
    lines = HelpLine.objects.all()
    assert lines.count() > 20
    for line in lines:
        assert line.source, line.name
        assert line.verified_on, line.name
        assert line.number or line.link, line.name


def test_the_help_strip_s_numbers_come_first(demo: str) -> None:
    crisis = HelpLine.objects.filter(is_crisis=True, locale__language_code="fr")
    assert list(crisis.values_list("number", flat=True)) == ["3114", "15", "112", "114"]


def test_types_explain_themselves_in_two_plain_sentences(demo: str) -> None:
    for one in ResourceType.objects.all():
        sentences = re.findall(r"[.!?](?:\s|$)", one.explanation)
        assert len(sentences) == 2, (one.code, one.explanation)


def test_the_department_has_its_six_priorities_and_nine_territories(demo: str) -> None:
    assert list(Priority.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Priority.objects.get(number=3).title == "Accès aux soins somatiques"
    assert Territory.objects.count() == 9
    assert not Territory.objects.filter(is_confirmed=True).exists()


def test_the_twelve_recommendations_wait_for_an_answer(demo: str) -> None:
    assert RecommendationPage.objects.live().count() == 12
    assert not RecommendationPage.objects.exclude(response="").exists()


def test_each_recommendation_of_the_evaluation_has_an_action(demo: str) -> None:
    for page in RecommendationPage.objects.filter(origin="evaluation"):
        assert page.answers, page.title
        assert all(action.status == ActionStatus.PROPOSED for action in page.answers)


def test_nothing_is_invented_for_an_action(demo: str) -> None:
    for action in ActionPage.objects.without_examples():
        assert not action.partners.exists(), action.title
        assert not action.funders.exists(), action.title
        assert not action.indicators.exists(), action.title
        assert not action.steps.exists(), action.title
        assert action.start is None, action.title
        assert action.planned_end is None, action.title
        assert action.source, action.title


def test_the_only_invented_action_says_so_and_shows_all_that_a_sheet_can(demo: str, client) -> None:
    action = ActionPage.objects.get(is_example=True)
    page = client.get(action.url).content.decode()
    assert "Fiche d’exemple, données fictives" in page
    for part in ("Calendrier", "Personnes formées", "Attente avant une séance", "Journal"):
        assert part in page, part
    assert not action.is_late


def test_the_only_event_says_that_it_is_an_example(demo: str) -> None:
    event = EventPage.objects.get()
    assert event.title.startswith("Exemple")
    assert "n’existe pas" in str(event.body)


def test_the_plan_s_page_names_no_date_nobody_published(demo: str) -> None:
    page = PtsmPage.objects.get()
    assert page.live
    assert (page.period_start, page.period_end) == (2021, None)
    assert not page.bodies.exists()


def test_no_placeholder_text_is_published(demo: str) -> None:
    for page in Page.objects.live().specific():
        assert "À écrire" not in str(getattr(page, "body", "")), page.title


def test_every_page_of_the_demonstration_answers(demo: str, client) -> None:
    for page in Page.objects.live().filter(depth__gt=1):
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url


def test_every_link_of_a_page_leads_somewhere(demo: str, client) -> None:
    seen = set()
    for page in Page.objects.live().filter(depth__in=(2, 3)):
        html = client.get(page.url).content.decode()
        seen |= set(re.findall(r'<a [^>]*href="(/[^"#]*)"', html))
    assert "/annuaire/?type=cmp" in seen
    for url in sorted(seen):
        answer = client.get(url.replace("&amp;", "&"), follow=True)
        if url.endswith(".pdf") and "Retry-After" in answer:
            continue  # the job of the PDFs has not written this one yet, and the page says so
        assert answer.status_code == 200, url


@pytest.mark.parametrize(
    ("label", "asked", "found", "not_found"),
    [
        ("Un proche m’inquiète", {"ou": "13001"}, "Unafam Bouches-du-Rhône", "GEM LEO"),
        ("Trouver mon CMP", {}, "Commune ou arrondissement", "GEM LEO"),
        ("Rencontrer d’autres personnes", {}, "GEM LEO", "CMP Pressensé"),
        ("Étudiant, étudiante", {"ou": "13001"}, "BAPU", "GEM LEO"),
        ("Logement, travail, droits", {"ou": "13001"}, "MDPH", "CMP Pressensé"),
        ("Je suis professionnel", {"ou": "13001"}, "DAC 13 Sud", "GEM LEO"),
    ],
)
def test_each_need_of_the_home_page_leads_to_its_places(
    demo: str, client, label: str, asked: dict[str, str], found: str, not_found: str
) -> None:
    home = client.get("/").content.decode()
    addresses = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(?:(?!</a>).)*?' + label, home, re.DOTALL)
    html = client.get(addresses[-1].replace("&amp;", "&"), asked).content.decode()
    assert found in html
    assert not_found not in html


def test_each_need_has_its_page_and_a_number_first(demo: str) -> None:
    pages = NeedPage.objects.live().filter(locale__language_code="fr")
    assert {page.need for page in pages} == set(Need)
    assert all(page.first_number and page.now for page in pages)
    assert not any(page.proofread_by for page in pages)
    assert [page.need for page in pages if page.has_quick_exit] == [Need.VIOLENCE]


def test_no_page_of_a_need_types_a_number(demo: str) -> None:
    # « 15 » and « 17 » are ages too.
    lines = HelpLine.objects.exclude(number="")
    numbers = [line.number for line in lines if len(line.number) > 2]
    for page in NeedPage.objects.live():
        words = f"{page.summary} {page.stream_text()}"
        typed = [one for one in numbers if re.search(rf"(?<!\d){re.escape(one)}(?!\d)", words)]
        assert typed == [], page.title


@pytest.mark.parametrize("commune", ["Aubagne", "13001", "Arles", "Salon-de-Provence", "Istres"])
def test_a_road_leads_to_doors_that_do_not_refuse(demo: str, client, commune: str) -> None:
    pages = NeedPage.objects.live().filter(need__in=(Need.DISTRESS, Need.RELATIVE, Need.CHILD))
    for page in pages:
        html = client.get(page.url, {"ou": commune}).content.decode()
        assert 1 <= html.count('class="door-card') <= 3, page.title
        assert "fictives" not in html


def test_each_translation_is_followed_and_none_is_to_review(demo: str) -> None:
    french = Page.objects.filter(locale__language_code="fr")
    translated = Page.objects.filter(depth__gt=1, alias_of=None).exclude(locale__language_code="fr")
    # An easy page may say what no French page says: it has no source to follow.
    translated = translated.filter(translation_key__in=french.values("translation_key"))
    states = TranslationState.objects.of(list(translated))
    assert states.count() == translated.count() > 5
    assert not TranslationState.objects.to_review().exists()


def test_the_crisis_page_is_read_in_english(demo: str, client) -> None:
    html = client.get("/en/aide/").content.decode()
    assert "Someone can answer you, now" in html
    assert "3114" in html


def test_an_easy_page_has_short_sentences(demo: str, client) -> None:
    pages = StandardPage.objects.live().filter(locale__language_code="fr-simple")
    assert {"aide", "je-vais-mal", "gem", "mes-droits", "aller-au-cmp"} <= {
        page.slug for page in pages
    }
    for page in pages:
        html = client.get(page.url).content.decode()
        assert "Version simplifiée" in html
    words_of = []
    for block in [block for page in pages for block in page.body]:
        html = (
            str(getattr(block.value.get("text"), "source", ""))
            if hasattr(block.value, "get")
            else f"<p>{block.value}</p>"
        )
        for line in re.findall(r"<p>(.*?)</p>", html):
            words_of.append(len(re.sub(r"<[^>]+>", "", line).split()))
    assert len(words_of) > 100
    assert max(words_of) <= 12


def test_an_easy_page_says_the_numbers_of_the_help_lines(demo: str, client) -> None:
    easy = client.get("/fr-simple/aide/").content.decode()
    for key in ("3114", "15", "17", "114"):
        line = HelpLine.objects.get(number=key, locale__language_code="fr")
        assert f':{line.number}"' in easy.partition("<main")[2]
    assert "Français facile à lire" in client.get("/aide/").content.decode()


def test_french_texts_keep_their_typography(demo: str) -> None:
    texts = [*GlossaryTerm.objects.values_list("definition", flat=True)]
    texts += Page.objects.filter(locale__language_code="fr").values_list("title", flat=True)
    texts += [page.summary for page in ResourcePage.objects.all()]
    for text in texts:
        assert "'" not in text, text
        assert not re.search(r" [:;?!»]|« ", text), text


def test_seeding_needs_few_queries_the_second_time(demo: str, django_assert_max_num_queries):
    with django_assert_max_num_queries(120):
        seed_demo()


def test_the_first_issue_of_the_letter_tells_only_what_is_there(demo: str, client) -> None:
    issue = IssuePage.objects.live().get(locale__language_code="fr")
    assert issue.number == 1
    kinds = [block.block_type for block in issue.body]
    assert kinds[:2] == ["edito", "news"]
    pages = [page for page in pages_in(issue.body) if page]
    assert all(page.live for page in pages)
    assert not any(getattr(page, "is_example", False) for page in pages)
    html = client.get("/lettre/numero-1/").content.decode()
    assert "Exemple d’événement" in html
    assert "Proposée par l’évaluation" in html
    assert "essai" in html


def test_the_letter_and_its_issue_are_read_in_easy_words(demo: str, client) -> None:
    for address in ("/fr-simple/lettre/", "/fr-simple/lettre/numero-1/"):
        response = client.get(address)
        assert response.status_code == 200, address
    assert 'class="easy-read"' in response.content.decode()
    assert "n’ont pas encore relu" in response.content.decode()


def test_the_letter_promises_no_message_in_the_demonstration(demo: str, client) -> None:
    for address in ("/lettre/", "/donnees-personnelles/"):
        assert "ucun message ne part" in client.get(address).content.decode(), address


def test_subscribers_choose_among_five_subjects(demo: str) -> None:
    codes = list(Topic.objects.values_list("code", flat=True))
    assert codes == ["grand-public", "proches", "professionnels", "partenaires", "agenda"]


def test_the_next_reader_of_each_kind_of_page_in_each_language_has_what_was_written(
    demo: str,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    settings.PORTAL_PAGE_CACHE = True
    kinds = {
        (page.content_type_id, page.locale_id): page
        for page in Page.objects.live().public().filter(depth__gt=1, alias_of=None)
    }
    kept = 0
    for page in kinds.values():
        title = f"Titre tout neuf de {page.pk}"
        before = Client().get(page.url)
        kept += "X-Accel-Expires" in before.headers
        assert title not in before.content.decode()
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.filter(pk=page.pk).update(title=title, seo_title="")
        assert title in Client().get(page.url).content.decode(), page.url
    # All but forms, and the page that somebody may have to leave quickly.
    assert kept >= len(kinds) * 3 // 4


def addresses_without_an_argument(resolver: Any = None, before: str = "/") -> Iterator[str]:
    """Those that the code declares, but the editor's and those of an account."""
    for one in (resolver or get_resolver()).url_patterns:
        route = str(one.pattern)
        if isinstance(one.pattern, LocalePrefixPattern) or re.search(r"[<(\\^$?]", route):
            continue
        if isinstance(one, URLPattern):
            yield f"{before}{route}"
        elif not f"{before}{route}".startswith(("/admin/", "/compte/")):
            yield from addresses_without_an_argument(one, f"{before}{route}")


def test_what_a_member_reads_at_any_address_is_given_to_nobody_else(
    demo: str, settings: LazySettings
) -> None:
    settings.PORTAL_PAGE_CACHE = True
    pages = Page.objects.live().filter(depth__gt=1)
    kinds = {(page.content_type_id, page.locale_id): page.url for page in pages}
    sitemap = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", get_text("/sitemap.xml"))
    addresses = {*kinds.values(), *sitemap[::10], *addresses_without_an_argument()}
    assert len(addresses) > 100
    member = Client()
    member.force_login(UserFactory(is_superuser=True, email="membre@exemple.fr"))
    caches["pages"].clear()
    for address in sorted(addresses):
        assert "X-Accel-Expires" not in member.get(address).headers, address
    assert not caches["pages"]._cache  # type: ignore[attr-defined]
    for address in sorted(addresses):
        response = Client().get(address)
        if not response.streaming:
            text = response.content.decode(errors="replace")
            assert "membre@exemple.fr" not in text, address
            assert "wagtail-userbar" not in text, address


def get_text(address: str) -> str:
    response = Client().get(address)
    return b"".join(response).decode()
