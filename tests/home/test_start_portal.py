"""The empty portal of any department: what is true everywhere, and drafts."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import Client, override_settings

from wagtail.models import Locale, Page

import pytest
import yaml

from actions.models import ActionPage, Priority
from home.demo.settings import find_department
from home.models import HomePage, TerritoryPage
from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from portal.geo.departments import departments
from portal.geo.models import Commune, Territory
from portal.geo.services import read_rows
from portal.glossary.models import GlossaryTerm
from resources.models import ResourcePage, ResourceType
from tests.home.setting_up import set_up_once

pytestmark = pytest.mark.django_db

PLACEHOLDER = "À écrire"


@pytest.fixture(scope="module")
def nord(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The empty portal of the Nord; what the command said."""
    with (
        override_settings(PORTAL_DEPARTEMENT="59"),
        set_up_once(django_db_blocker, "start_portal", departement="59") as said,
    ):
        yield said


def test_the_portal_says_its_own_department(nord: str, client) -> None:
    portal = PortalSettings.load()
    assert (portal.department_name, portal.in_department) == ("Nord", "dans le Nord")
    html = client.get("/").content.decode()
    assert "dans le Nord" in html
    assert "Bouches-du-Rhône" not in html


def test_it_knows_the_communes_and_their_groups(nord: str) -> None:
    assert Commune.objects.in_department("59").count() > 600
    assert Territory.objects.count() > 10
    assert Territory.objects.filter(communes=None).count() == 0


def test_it_brings_what_is_true_everywhere(nord: str) -> None:
    assert Priority.objects.count() == 6
    assert ResourceType.objects.count() == 46
    assert HelpLine.objects.filter(number="3114").exists()
    assert GlossaryTerm.objects.count() > 90


def test_it_brings_no_local_content(nord: str) -> None:
    assert not ResourcePage.objects.exists()
    assert not ActionPage.objects.exists()
    assert not HelpLine.objects.filter(name__contains="13").exists()


def test_only_true_pages_are_published(nord: str) -> None:
    live = Page.objects.live().filter(depth__gt=1).not_type(TerritoryPage)
    slugs = sorted(live.values_list("slug", flat=True))
    computed = {"enfants-et-jeunes", "mon-cmp", "pres-de-chez-vous"}
    assert slugs == sorted({"accueil", "aide", "annuaire", "lexique"} | computed)


def test_each_territory_has_a_page_that_says_that_its_limits_are_proposed(
    nord: str, client: Client
) -> None:
    pages = TerritoryPage.objects.live()
    assert pages.count() == Territory.objects.count() > 0
    html = client.get(pages.first().url).content.decode()
    assert "Ce découpage est proposé" in html
    assert "Ce portail ne connaît ici aucun lieu" in html


def test_no_placeholder_text_is_ever_shown(nord: str, client) -> None:
    drafts = 0
    for page in Page.objects.filter(depth__gt=1).specific():
        text = str(getattr(page.get_latest_revision_as_object(), "body", ""))
        answer = client.get(f"/{page.slug}/" if page.depth > 2 else "/")
        assert PLACEHOLDER not in answer.content.decode(), page.slug
        if PLACEHOLDER in text:
            drafts += 1
            assert not page.live, page.slug
            assert answer.status_code == 404
    assert drafts >= 8


def test_no_link_leads_to_a_draft(nord: str, client) -> None:
    for url in ("/", "/aide/", "/annuaire/", "/lexique/"):
        html = client.get(url).content.decode()
        for link in set(re.findall(r'<a [^>]*href="(/[^"#]*)"', html)):
            answer = client.get(link.replace("&amp;", "&"), follow=True)
            assert answer.status_code == 200, (url, link)


def test_starting_again_redoes_nothing(nord: str) -> None:
    HomePage.objects.get().get_children().get(slug="lexique").delete()
    pages = Page.objects.count()
    out = StringIO()
    call_command("start_portal", departement="59", stdout=out)
    assert Page.objects.count() == pages
    assert "1 suppression respectée" in out.getvalue()


def test_the_four_languages_are_ready(nord: str) -> None:
    codes = set(Locale.objects.values_list("language_code", flat=True))
    assert codes == {"fr", "fr-simple", "en", "ar"}


def test_every_department_of_the_list_has_communes() -> None:
    known = {row["departement"] for row in read_rows("communes")}
    assert len(departments()) == 101
    assert set(departments()) <= known


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1", "dans l’Ain"),
        ("31", "en Haute-Garonne"),
        ("75", "à Paris"),
        ("974", "à La Réunion"),
        ("2b", "en Haute-Corse"),
    ],
)
def test_a_department_is_said_as_people_say_it(code: str, words: str) -> None:
    assert find_department(code).in_department == words


def test_what_is_kept_is_said_in_every_department_as_in_the_demonstration() -> None:
    """Only who answers for it is to be written by the department."""
    texts = []
    for name in ("home/reference/pages.yaml", "home/demo/content/pages.yaml"):
        pages = yaml.safe_load(Path(name).read_text(encoding="utf-8"))
        texts.append(next(one["body"] for one in pages if one["key"] == "donnees-personnelles"))
    written, shown = (text.rsplit("\n## ", 1)[0].strip() for text in texts)
    assert shown.replace(" Dans cette démonstration, aucun message ne part.", "") == written
    for kept in ("aucun cookie", "référent", "signalez une erreur", "vingt-cinq mois", "trois ans"):
        assert kept in written
    assert PLACEHOLDER in texts[0].rsplit("\n## ", 1)[1]
