"""Signs that nothing can show: taken away wherever text enters, harmless where it is stored."""

import json
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from home.models import HomePage, StandardPage
from portal.text.control_characters import strip_control_characters, strip_everywhere
from tests.factories.home import make_home
from tests.factories.users import UserFactory


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Réunion\x0bdu GEM", "Réunion du GEM"),
        ("page\x0csuivante", "page suivante"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("bip\x07 et \x1b[1mgras", "bip et [1mgras"),
        ("nul\x00", "nul"),
        ("moitié \ud83d d’un signe", "moitié  d’un signe"),
        ("\udc00fin\uffff\ufffe", "fin"),
        ("C1\x80\x9f", "C1"),
        ("lignes\r\net\tonglets", "lignes\r\net\tonglets"),
        ("entier 😀, œuf, \u200f", "entier 😀, œuf, \u200f"),
    ],
)
def test_only_signs_that_nothing_can_show_are_taken_away(given: str, kept: str) -> None:
    assert strip_control_characters(given) == kept
    assert strip_everywhere([{"a": [given]}]) == [{"a": [kept]}]
    assert forms.CharField(strip=False).to_python(given) == (given if "\0" in given else kept)


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


BAD = "Avant\x0baprès\x07"
GOOD = "Avant après"


def test_what_is_saved_is_stripped_by_any_road(home: HomePage) -> None:
    page = StandardPage(title=BAD, summary=BAD)
    page.body = [("paragraph", f"<p>{BAD}\ud800</p>")]
    home.add_child(instance=page)
    assert page.title == GOOD  # in memory as well: the search index reads it there
    Group.objects.bulk_create([Group(name=BAD)])
    assert Group.objects.filter(name=GOOD).exists()
    revision = page.save_revision()
    revision.content["summary"] = BAD
    revision.save()
    revision.refresh_from_db()
    assert revision.content["summary"] == GOOD
    stored = StandardPage.objects.get(pk=page.pk)
    assert (stored.title, stored.summary) == (GOOD, GOOD)
    assert stored.body.raw_data[0]["value"] == f"<p>{GOOD}</p>"


def test_the_editor_may_paste_them(home: HomePage, client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    words = {"blocks": [{"key": "a", "text": f"{BAD}\ud800", "type": "unstyled", "depth": 0}]}
    draft = json.dumps({"blocks": words["blocks"], "entityMap": {}})
    data = {
        "title": BAD,
        "slug": "avant",
        "summary": BAD,
        "body": streamfield([("paragraph", draft)]),
        "comments": inline_formset([]),
        "action-publish": "oui",
    }
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    answer = client.post(address, nested_form_data(data))
    assert answer.status_code == 302, answer.context["form"].errors
    page = StandardPage.objects.get(slug="avant")
    assert (page.title, page.summary) == (GOOD, GOOD)
    assert GOOD in page.body.raw_data[0]["value"]
    assert client.get(page.url).status_code == 200


def test_what_was_stored_before_is_shown_and_edited(home: HomePage, client: Client) -> None:
    page = StandardPage(title="Page", body=[("paragraph", "<p>ici</p>")])
    home.add_child(instance=page)
    revision = page.save_revision()
    revision.publish()
    content: dict[str, Any] = Revision.objects.get(pk=revision.pk).content
    content["summary"], content["body"] = BAD, content["body"].replace("ici", "i\\ud800\\u000bci")
    Revision.objects.filter(pk=revision.pk).update(content=content)
    StandardPage.objects.filter(pk=page.pk).update(summary=BAD, has_unpublished_changes=True)
    client.force_login(UserFactory(is_superuser=True))
    for name in ("edit", "view_draft"):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert answer.status_code == 200, name
    assert client.get(page.url).status_code == 200
