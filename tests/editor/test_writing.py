"""Writing help shows what is hard to read, with how to mend it, and blocks nothing."""

from django.test import Client
from django.urls import reverse

import pytest

from home.models import HomePage
from portal.editor.writing import reading_score, writing_notes
from tests.factories.home import GlossaryTermFactory
from tests.factories.newsletter import NewsIndexPageFactory, NewsPageFactory
from tests.factories.users import member_of

LONG = " ".join(["mot"] * 26) + "."
EASY = "Le chat dort. Il a faim. Vous le voyez ici. Il joue avec moi. " * 6
HARD = (
    "L’institutionnalisation territoriale des coordinations interprofessionnelles conditionne "
    "l’opérationnalisation des recommandations organisationnelles pluridisciplinaires. " * 8
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LONG, "Une phrase de 26 mots."),
        ("L’UNAFAM vous reçoit.", "« UNAFAM » n’est pas expliqué."),
        ("Rendez-vous le 12 mars.", "Une date sans année"),
        ("Rendez-vous le 1er octobre à Arles.", "Une date sans année"),
        ("Pour le reste, cliquez ici.", "Un lien qui ne dit pas où il mène."),
        (HARD, "Texte difficile"),
    ],
)
def test_what_is_hard_to_read_is_told(text: str, problem: str) -> None:
    notes = writing_notes({"Résumé": text})
    assert any(note.problem.startswith(problem) for note in notes)
    assert all(note.mend for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["mot"] * 25) + ".",
        "Le centre médico-psychologique (CMP) vous reçoit.",
        "Un CMP (centre médico-psychologique) vous reçoit.",
        "Rendez-vous le 12 mars 2027.",
        "Un fichier PDF de 3 pages.",
        EASY,
        "",
    ],
)
def test_what_is_easy_to_read_is_left_alone(text: str) -> None:
    assert writing_notes({"Résumé": text}) == []


def test_a_term_of_the_lexicon_is_explained_by_the_portal() -> None:
    assert writing_notes({"Résumé": "Le GEM est ouvert."}, explained=["GEM"]) == []


def test_an_acronym_is_told_once() -> None:
    assert len(writing_notes({"Résumé": "Une ARS.", "Corps": "Deux ARS."})) == 1


def test_a_short_text_has_no_score() -> None:
    assert reading_score("Bonjour.") is None
    easy, hard = reading_score(EASY), reading_score(HARD)
    assert easy is not None
    assert hard is not None
    assert hard < 50 < easy


def test_the_screen_reads_the_draft_and_leads_to_the_lexicon(client: Client, db: None) -> None:
    client.force_login(member_of("Rédaction"))
    GlossaryTermFactory(term="CMP")
    index = NewsIndexPageFactory(parent=HomePage.objects.get())
    news = NewsPageFactory(parent=index, summary="Tout va bien.")
    news.summary = "L’UNAFAM et le CMP vous reçoivent le 3 mai."
    news.save_revision()
    address = reverse("editor_writing", args=[news.pk])
    html = client.get(address).content.decode()
    assert "« UNAFAM » n’est pas expliqué." in html
    assert "« CMP »" not in html
    assert "?term=UNAFAM" in html
    assert "Une date sans année" in html
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert address in edit


def test_the_lexicon_begins_with_the_acronym(client: Client, db: None) -> None:
    client.force_login(member_of("Rédaction"))
    add = reverse("wagtailsnippets_base_glossaryterm:add")
    assert 'value="UNAFAM"' in client.get(f"{add}?term=UNAFAM").content.decode()
    assert client.get(add).status_code == 200


def test_a_stranger_does_not_read_a_draft(client: Client, db: None) -> None:
    client.force_login(member_of("Référents"))
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=HomePage.objects.get()))
    assert client.get(reverse("editor_writing", args=[news.pk])).status_code == 302
