"""What may not be published is said before, by whatever road; a new page is made once."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from home.models import HomePage, StandardPage
from newsletter.digest import gather_changes
from newsletter.models import IssuePage
from portal.base.publication import find_placeholders
from tests.factories.home import make_home
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory
from tests.factories.users import UserFactory


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("<p>À écrire : qui lit les messages</p>", True),
        ("<p>À écrire\u00a0: qui lit</p>", True),
        ("<p>à compléter&nbsp;: les dates</p>", True),
        ("<p>[À rédiger]</p>", True),
        ("<p>Lorem ipsum dolor</p>", True),
        ("<p>TODO : le plan</p>", True),
        ("<p>Documents à compléter : le formulaire</p>", False),
        ("<p>Une lettre à écrire ensemble : venez !</p>", False),
        ("<p>Todos los días</p>", False),
    ],
)
def test_only_what_was_left_to_write_is_one(db: None, words: str, is_one: bool) -> None:
    page = StandardPage(title="Page", body=[("paragraph", words)])
    assert ("body" in find_placeholders(page)) is is_one
    assert ("summary" in find_placeholders(StandardPage(summary=words))) is is_one


def page_data(**facts: Any) -> dict[str, Any]:
    data = {"title": "Qui sommes-nous", "slug": "qui", "summary": "", "body": streamfield([])}
    return nested_form_data(data | {"comments": inline_formset([])} | facts)


def add_url(home: HomePage) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])


def test_a_placeholder_is_saved_but_not_published(editor: Client, home: HomePage) -> None:
    data = page_data(summary="À écrire : ce que nous faisons")
    answer = editor.post(add_url(home), data | {"action-publish": "oui"})
    assert answer.status_code == 200
    assert "Il reste un texte à écrire" in str(answer.context["form"].errors["summary"])
    assert not StandardPage.objects.exists()
    assert editor.post(add_url(home), data).status_code == 302
    page = StandardPage.objects.get()
    assert not page.live
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{bulk}?id={page.pk}&next=/admin/")
    assert answer.status_code == 302
    assert any("Il reste un texte" in str(one) for one in get_messages(answer.wsgi_request))
    assert not StandardPage.objects.get().live


def test_a_form_left_half_filled_leaves_no_page_behind(editor: Client, home: HomePage) -> None:
    screen = editor.get(add_url(home)).content.decode()
    assert "w-autosave#save" not in screen
    before = Page.objects.count()
    answer = editor.post(add_url(home), page_data(), headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert Page.objects.count() == before
    assert editor.post(add_url(home), page_data()).status_code == 302
    assert StandardPage.objects.get().slug == "qui"


def test_two_presses_at_once_make_one_page_and_a_sentence(
    editor: Client, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press has read the tree before the first one wrote in it."""
    data = page_data() | {"action-publish": "oui"}
    assert editor.post(add_url(home), data).status_code == 302
    stock = Page._slug_is_available
    answers = iter([True, True])
    seems_free = staticmethod(lambda *args: next(answers, stock(*args)))
    monkeypatch.setattr(Page, "_slug_is_available", seems_free)
    answer = editor.post(add_url(home), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert StandardPage.objects.count() == 1


def test_publishing_while_an_automatic_saving_is_on_its_way(editor: Client, home: HomePage) -> None:
    """In either order the last words published are those that « Publier » sent."""
    editor.post(add_url(home), page_data())
    page = StandardPage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    json = {"headers": {"accept": "application/json"}}
    known = {
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
    }
    saved = editor.post(address, page_data(summary="un") | known, **json).json()
    mine = known | {"overwrite_revision_id": str(saved["revision_id"])}
    publish = page_data(summary="deux") | mine | {"action-publish": "oui"}
    assert editor.post(address, publish).status_code == 302
    late = editor.post(address, page_data(summary="un") | mine, **json)
    assert late.status_code == 400
    page = StandardPage.objects.get()
    assert (page.live, page.summary, page.has_unpublished_changes) == (True, "deux", False)


@pytest.fixture
def letter(home: HomePage) -> Any:
    return LetterIndexPageFactory(parent=home)


def test_an_empty_letter_is_not_published(letter: Any) -> None:
    issue = IssuePageFactory(parent=letter, number=7, live=False, body=[])
    assert "vide" in issue.publication_problems()["body"]
    issue.body = [("paragraph", "<p>&nbsp;</p>")]
    assert "body" in issue.publication_problems()
    issue.body = [("paragraph", "<p>Bonjour</p>")]
    assert issue.publication_problems() == {}


def test_an_empty_letter_does_not_move_what_has_been_told(letter: Any) -> None:
    told = IssuePageFactory(parent=letter, number=3, body=[("paragraph", "<p>Bonjour</p>")])
    IssuePageFactory(parent=letter, number=4, body=[])
    gone = IssuePageFactory(parent=letter, number=5, body=[("paragraph", "<p>Adieu</p>")])
    assert gather_changes(letter).latest == gone
    gone.delete()
    assert gather_changes(letter).latest == told


def test_a_copy_or_a_draft_never_blocks_its_original(editor: Client, letter: Any) -> None:
    words = [("paragraph", "<p>Bonjour</p>")]
    issue = IssuePageFactory(parent=letter, number=7, title="Sept", slug="sept", body=words)
    issue.save_revision().publish()
    address = reverse("wagtailadmin_pages:copy", args=[issue.pk])
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": str(letter.pk)}
    answer = editor.post(address, data | {"publish_copies": "on"})
    assert answer.status_code == 200
    assert "Ce numéro existe déjà" in answer.content.decode()
    assert IssuePage.objects.count() == 1
    assert editor.post(address, data).status_code == 302
    copy = IssuePage.objects.get(slug="copie")
    assert (copy.live, copy.number) == (False, 7)
    assert issue.publication_problems() == {}
    assert "number" in copy.publication_problems()
    issue.save_revision().publish()
