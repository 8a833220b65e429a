"""« Liens et documents » names what lets a reader down, with the page to open."""

from django.test import Client
from django.urls import reverse

import pytest

from home.editor_choices import DocumentAccessibility
from home.link_health import health_sentence
from home.models import HomePage, StandardPage
from home.models.governance import PtsmDocument
from tests.factories.home import PtsmPageFactory, StandardPageFactory
from tests.factories.users import member_of


@pytest.fixture
def linked(editors_indexes: None, db: None) -> tuple[StandardPage, StandardPage]:
    """A page, and another that has a link to it."""
    home = HomePage.objects.get()
    target = StandardPageFactory(parent=home, title="Venir au GEM", slug="venir")
    text = f'<p><a linktype="page" id="{target.pk}">Venir</a></p>'
    source = StandardPageFactory(
        parent=home, title="Le GEM", slug="gem", body=[{"type": "paragraph", "value": text}]
    )
    return target, source


def read(client: Client) -> str:
    client.force_login(member_of("Rédaction"))
    return client.get(reverse("link_health")).content.decode()


def test_a_link_to_a_published_page_is_left_alone(
    client: Client, linked: tuple[StandardPage, StandardPage]
) -> None:
    assert "Tous les liens entre les pages mènent quelque part." in read(client)
    assert health_sentence() is None


def test_a_link_to_an_unpublished_page_is_told(
    client: Client, linked: tuple[StandardPage, StandardPage]
) -> None:
    target, source = linked
    target.unpublish()
    html = read(client)
    assert "« Venir au GEM », qui n’est pas publiée." in html
    assert reverse("wagtailadmin_pages:edit", args=[source.pk]) in html
    assert health_sentence() == "1 lien à reprendre."


def test_a_page_that_nobody_reads_is_not_told(linked: tuple[StandardPage, StandardPage]) -> None:
    target, source = linked
    target.unpublish()
    source.unpublish()
    assert health_sentence() is None


@pytest.mark.parametrize(
    ("accessible", "is_told"),
    [
        (DocumentAccessibility.NO, True),
        (DocumentAccessibility.UNKNOWN, True),
        (DocumentAccessibility.YES, False),
        (DocumentAccessibility.ELSEWHERE, False),
    ],
)
def test_a_document_that_not_everyone_reads_is_told(
    db: None, accessible: str, is_told: bool
) -> None:
    page = PtsmPageFactory(parent=HomePage.objects.get())
    PtsmDocument.objects.create(page=page, title="Bilan", kind="bilan", accessible=accessible)
    assert (health_sentence() == "1 document sans version accessible.") is is_told
