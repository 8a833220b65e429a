"""The guide is read and searched inside the editor, and « ? » opens its paragraph."""

from django.test import Client
from django.urls import reverse

import pytest

from home.models import HomePage
from portal.editor.guide import PARAGRAPH_OF_PANEL, guide_paragraphs
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.users import member_of


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(member_of("Rédaction"))
    return client


def read(client: Client, **asked: str) -> str:
    return client.get(reverse("editor_guide"), asked).content.decode()


def test_the_whole_guide_is_in_the_editor(editor: Client) -> None:
    html = read(editor)
    assert 'href="#la-lettre"' in html
    assert 'id="la-lettre"' in html
    assert "<strong>La deuxième étape.</strong>" in html


@pytest.mark.parametrize("question", ["deuxieme etape", "DEUXIÈME étape", "étape deuxième"])
def test_a_question_finds_its_paragraph(editor: Client, question: str) -> None:
    html = read(editor, q=question)
    assert 'id="la-deuxieme-etape"' in html
    assert 'id="les-images"' not in html


def test_a_question_without_answer_says_so_and_is_kept(editor: Client) -> None:
    html = read(editor, q="xylophone <b>")
    assert "0 paragraphe pour « xylophone &lt;b&gt; »" in html
    assert 'value="xylophone &lt;b&gt;"' in html


def test_each_paragraph_has_an_address_of_its_own() -> None:
    anchors = [one.anchor for one in guide_paragraphs()]
    assert len(anchors) == len(set(anchors)) > 30
    assert "" not in anchors


@pytest.mark.parametrize("heading", sorted(PARAGRAPH_OF_PANEL))
def test_a_panel_leads_to_a_paragraph_that_exists(heading: str) -> None:
    assert PARAGRAPH_OF_PANEL[heading] in {one.anchor for one in guide_paragraphs()}


def test_a_panel_has_its_question_mark(editor: Client) -> None:
    index = ActionIndexPageFactory(parent=HomePage.objects.get())
    action = ActionPageFactory(parent=index)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[action.pk])).content.decode()
    assert f"{reverse('editor_guide')}#ecrire-pour-etre-lu" in html
