"""A form opened before somebody else saved never brings the old values back."""

from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models
from wagtail.snippets.models import get_snippet_models

import pytest
from bs4 import BeautifulSoup

from home.models import HomePage
from newsletter.models import LetterSettings
from portal.base.stale_forms import StaleFormMixin
from resources.editor_choices import VerificationMethod
from resources.models import ResourcePage, ResourcePhone
from resources.verification.services import confirm_entry
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory
from tests.factories.users import UserFactory


@pytest.fixture
def entry(db: None) -> ResourcePage:
    home: HomePage = make_home()
    directory = DirectoryPageFactory(parent=home)
    entry = ResourcePageFactory(parent=directory, title="GEM Horizon", email="a@gem.example")
    entry.phones.add(ResourcePhone(label="Accueil", number="0491000001"))
    entry.save_revision().publish()
    return ResourcePage.objects.get(pk=entry.pk)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def address(entry: ResourcePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[entry.pk])


def opened(editor: Client, entry: ResourcePage) -> dict[str, Any]:
    """What the browser would send back if nothing were typed."""
    return sent_by(editor.get(address(entry)).content)


def sent_by(html: bytes, action: str = "") -> dict[str, Any]:
    said = {"action": action} if action else {"id": "page-edit-form"}
    form = BeautifulSoup(html, "html.parser").find("form", **said)
    # What scripts would add: the blocks of a stream, none here.
    streams = [one for one in ResourcePage._meta.get_fields() if isinstance(one, StreamField)]
    data: dict[str, Any] = {f"{field.name}-count": "0" for field in streams}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            data[name] = [one["value"] for one in field.find_all("option", selected=True)]
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    return data


def problems(answer: Any) -> Any:
    form = answer.context["form"]
    return form.errors, {name: rows.errors for name, rows in form.formsets.items()}


def stored(entry: ResourcePage) -> ResourcePage:
    page: ResourcePage = ResourcePage.objects.get(pk=entry.pk).get_latest_revision_as_object()
    return page


def change(entry: ResourcePage, **facts: Any) -> None:
    """Somebody else publishes."""
    other = ResourcePage.objects.get(pk=entry.pk)
    for name, value in facts.items():
        setattr(other, name, value)
    other.save_revision().publish()


def test_nothing_is_said_when_nobody_else_came(editor: Client, entry: ResourcePage) -> None:
    data = opened(editor, entry) | {"email": "b@gem.example", "action-publish": "oui"}
    answer = editor.post(address(entry), data)
    assert answer.status_code == 302, problems(answer)
    assert stored(entry).email == "b@gem.example"


def test_every_form_of_the_editor_knows_what_others_changed() -> None:
    """Pages, snippets, settings: none brings old facts back."""
    models = [*get_page_models(), *registry]
    models += [one for one in get_snippet_models() if not one.__module__.startswith("wagtail.")]
    for model in models:
        if issubclass(model, Model) and model is not Page:
            viewset = getattr(model, "snippet_viewset", None)
            form = viewset.get_form_class(for_update=True) if viewset else None
            form = form or get_edit_handler(model).get_form_class()
            assert issubclass(form, StaleFormMixin), model


def test_settings_changed_by_others_meanwhile_are_said(editor: Client) -> None:
    settings = LetterSettings.load()
    settings.save()
    url = reverse("wagtailsettings:edit", args=["newsletter", "lettersettings", settings.pk])
    data = sent_by(editor.get(url).content, url)
    LetterSettings.objects.update(sender_name="PTSM 67")
    answer = editor.post(url, data | {"reply_to": "ptsm@x.example"})
    assert answer.status_code == 200
    assert "a changé pendant que vous l’aviez ouvert" in answer.content.decode()
    again = sent_by(answer.content, url)
    assert (again["sender_name"], again["reply_to"]) == ("PTSM 67", "ptsm@x.example")
    assert editor.post(url, again).status_code == 302
    assert LetterSettings.objects.get().sender_name == "PTSM 67"


def test_what_others_published_stays_and_is_said(editor: Client, entry: ResourcePage) -> None:
    data = opened(editor, entry) | {"email": "moi@gem.example", "action-publish": "oui"}
    change(entry, address_street="2 rue Neuve")
    answer = editor.post(address(entry), data)
    assert answer.status_code == 200
    assert stored(entry).address_street == "2 rue Neuve"
    said = answer.content.decode()
    assert "a changé pendant que vous l’aviez ouvert" in said
    again = sent_by(answer.content)
    assert again["address_street"] == "2 rue Neuve"
    assert again["email"] == "moi@gem.example"  # nothing of what was typed is lost
    assert editor.post(address(entry), again | {"action-publish": "oui"}).status_code == 302
    assert (stored(entry).address_street, stored(entry).email) == ("2 rue Neuve", "moi@gem.example")


def test_a_confirmation_meanwhile_keeps_its_date(editor: Client, entry: ResourcePage) -> None:
    data = opened(editor, entry) | {"email": "moi@gem.example", "action-publish": "oui"}
    confirm_entry(entry, role="la structure", how=VerificationMethod.LINK)
    editor.post(address(entry), data)
    assert ResourcePage.objects.get(pk=entry.pk).verified_on == timezone.localdate()
    assert stored(entry).verified_on == timezone.localdate()


def test_a_list_changed_by_others_is_kept(editor: Client, entry: ResourcePage) -> None:
    data = opened(editor, entry) | {"email": "moi@gem.example"}
    other = ResourcePage.objects.get(pk=entry.pk)
    other.phones.set([ResourcePhone(label="Accueil", number="0491999999")])
    other.save_revision().publish()
    answer = editor.post(address(entry), data)
    assert answer.status_code == 200
    again = sent_by(answer.content)
    assert "04 91 99 99 99" in again["phones-0-number"] or "0491999999" in again["phones-0-number"]
    assert editor.post(address(entry), again).status_code == 302
    numbers = [str(phone.number) for phone in stored(entry).phones.all()]
    assert len(numbers) == 1
    assert numbers[0].replace(" ", "").endswith("91999999")


def test_both_changed_the_same_field(editor: Client, entry: ResourcePage) -> None:
    data = opened(editor, entry) | {"address_street": "3 rue à moi"}
    change(entry, address_street="2 rue Neuve")
    answer = editor.post(address(entry), data)
    assert "Quelqu’un d’autre vient aussi de changer ceci" in answer.content.decode()
    assert stored(entry).address_street == "2 rue Neuve"
    assert sent_by(answer.content)["address_street"] == "3 rue à moi"


def test_an_automatic_saving_does_not_make_its_own_form_stale(
    editor: Client, entry: ResourcePage
) -> None:
    data = opened(editor, entry)
    accept = {"headers": {"accept": "application/json"}}
    saved = editor.post(address(entry), data | {"email": "b@gem.example"}, **accept).json()
    assert saved["success"], saved
    data |= saved["field_updates"] | {"overwrite_revision_id": saved["revision_id"]}
    data |= {"email": "c@gem.example", "action-publish": "oui"}
    assert editor.post(address(entry), data).status_code == 302
    assert ResourcePage.objects.get(pk=entry.pk).email == "c@gem.example"


def test_what_is_published_before_its_own_saving_is_answered_is_published(
    editor: Client, entry: ResourcePage
) -> None:
    data = opened(editor, entry)
    accept = {"headers": {"accept": "application/json"}}
    first = data | {"email": "b@gem.example", "phones-0-label": "Standard"}
    assert editor.post(address(entry), first, **accept).json()["success"]
    # The answer is still on its way: the screen sends what it was opened with.
    last = data | {"email": "c@gem.example", "phones-0-label": "Secrétariat"}
    answer = editor.post(address(entry), last | {"action-publish": "oui"})
    assert answer.status_code == 302, problems(answer)
    page = ResourcePage.objects.get(pk=entry.pk)
    assert (page.email, page.phones.get().label) == ("c@gem.example", "Secrétariat")


def test_another_screen_s_saving_is_no_saving_of_one_s_own(
    editor: Client, entry: ResourcePage
) -> None:
    elsewhere = opened(editor, entry) | {"address_street": "2 rue Neuve"}
    data = opened(editor, entry) | {"email": "b@gem.example"}
    accept = {"headers": {"accept": "application/json"}}
    assert editor.post(address(entry), elsewhere, **accept).json()["success"]
    assert editor.post(address(entry), data | {"action-publish": "oui"}).status_code == 200
    assert stored(entry).address_street == "2 rue Neuve"


def test_an_automatic_saving_never_brings_old_values_back(
    editor: Client, entry: ResourcePage
) -> None:
    data = opened(editor, entry) | {"email": "b@gem.example"}
    change(entry, address_street="2 rue Neuve")
    count = Revision.objects.count()
    accept = {"headers": {"accept": "application/json"}}
    answer = editor.post(address(entry), data, **accept)
    assert answer.status_code == 400
    assert Revision.objects.count() == count
