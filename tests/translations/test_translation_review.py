"""When the French text changes, its translation is to be read again, and says so."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

import pytest
from bs4 import BeautifulSoup

from home.models import HomePage, StandardPage
from home.services.translations import strings_to_translate, translate
from portal.translations.models import TranslationState
from tests.factories.home import (
    GlossaryPageFactory,
    HelpLineFactory,
    StandardPageFactory,
    make_home,
)
from tests.factories.users import UserFactory

REPORT = "/admin/reports/traductions-a-revoir/"


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def page(home: HomePage) -> StandardPage:
    body = [{"type": "paragraph", "value": "<p>Ouvert le lundi.</p>"}]
    page: StandardPage = StandardPageFactory(parent=home, title="Le centre", body=body)
    page.save_revision().publish()
    return page


def version(page: StandardPage, code: str, **words: object) -> StandardPage:
    """A version with a text of its own, written by hand."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    if not page.get_parent().has_translation(locale):
        page.get_parent().specific.copy_for_translation(locale).save_revision().publish()
    copy = page.copy_for_translation(locale)
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


def say(page: StandardPage, text: str, **facts: object) -> None:
    page = StandardPage.objects.get(pk=page.pk)
    page.body = [{"type": "paragraph", "value": f"<p>{text}</p>", "id": page.body[0].id}]
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision(user=UserFactory(first_name="Camille", last_name="Exemple")).publish()


def state_of(page: StandardPage) -> TranslationState:
    return TranslationState.objects.of([page]).get()


def test_a_version_written_by_hand_is_to_review_once_its_source_says_something_else(
    page: StandardPage, admin_client: Client
) -> None:
    easy = version(page, "fr-simple", body=[{"type": "easy_heading", "value": "Un centre"}])
    assert "Le centre" not in admin_client.get(REPORT).content.decode()

    say(page, "Fermé le lundi.")

    report = admin_client.get(REPORT).content.decode()
    assert "Le centre (Facile à lire)" in report
    assert "Camille Exemple" in report
    assert "Le centre (Facile à lire)" in admin_client.get("/admin/").content.decode()
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[easy.pk])).content.decode()
    assert "À revoir : le français a changé" in form
    compared = admin_client.get(f"{REPORT}{state_of(easy).pk}/").content.decode()
    assert "Ouvert" in compared
    assert "Fermé" in compared
    assert "Par Camille Exemple." in compared


def test_readers_of_a_version_are_told_that_its_source_has_changed(
    page: StandardPage, client: Client
) -> None:
    easy, english = version(page, "fr-simple"), version(page, "en", title="The centre")
    assert "a changé" not in client.get(easy.url).content.decode()

    say(page, "Fermé le lundi.")

    assert "La page d’origine a changé le" in client.get(easy.url).content.decode()
    shown = client.get(english.url).content.decode()
    assert f'<a href="{page.full_url}" hreflang="fr">' in shown
    assert "a changé" not in client.get(page.url).content.decode()


def test_reading_it_again_or_undoing_the_change_ends_it(
    page: StandardPage, admin_client: Client
) -> None:
    english = version(page, "en", title="The centre")
    say(page, "Fermé le lundi.")
    say(page, "Ouvert le lundi.")
    assert state_of(english).changed_at is None

    say(page, "Fermé le mardi.")
    state = state_of(english)
    address = f"{REPORT}{state.pk}/"
    form = BeautifulSoup(admin_client.get(address).content, "html.parser")
    moment = form.find("input", {"name": "changed_at"})["value"]
    admin_client.post(address, {"changed_at": "2026-01-01T00:00:00+00:00"})
    assert state_of(english).changed_at is not None
    admin_client.post(address, {"changed_at": moment})
    assert state_of(english).changed_at is None
    assert state_of(english).read_by is not None


def test_publishing_the_version_alone_does_not_say_that_it_was_read_against_french(
    page: StandardPage,
) -> None:
    english = version(page, "en", title="The centre")
    say(page, "Fermé le lundi.")
    english = StandardPage.objects.get(pk=english.pk)
    english.title = "Centre"
    english.save_revision().publish()
    assert state_of(english).changed_at is not None


def test_an_easy_version_that_is_proofread_again_follows_french(page: StandardPage) -> None:
    easy = version(page, "fr-simple")
    say(page, "Fermé le lundi.")
    easy = StandardPage.objects.get(pk=easy.pk)
    changed_at = state_of(easy).changed_at
    assert changed_at is not None
    easy.proofread_by, easy.proofread_on = "Un groupe de lecteurs", timezone.localdate(changed_at)
    easy.save_revision().publish()
    assert state_of(easy).changed_at is None


def test_a_translation_by_strings_is_to_review_until_each_is_translated(
    page: StandardPage, django_capture_on_commit_callbacks: object
) -> None:
    locale = Locale.objects.get_or_create(language_code="en")[0]
    page.get_parent().specific.copy_for_translation(locale).save_revision().publish()
    words = {string: f"{string} (en)" for string in strings_to_translate(page)}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        english = translate(page, "en", words)
    assert state_of(english).changed_at is None

    say(page, "Fermé le lundi.")
    assert state_of(english).changed_at is not None

    words = {string: f"{string} (en)" for string in strings_to_translate(page)}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        translate(page, "en", words)
    assert state_of(english).changed_at is None


def test_a_help_number_translated_by_hand_is_to_review(
    home: HomePage, admin_client: Client
) -> None:
    line = HelpLineFactory(situation="Je vais mal")
    copy = line.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    copy.situation = "I feel bad"
    copy.save()
    line.situation = "Je pense à mourir"
    line.save()
    assert "(Anglais)" in admin_client.get(REPORT).content.decode()


def test_the_form_of_a_version_shows_shared_facts_and_does_not_change_them(
    page: StandardPage, admin_client: Client
) -> None:
    english = version(page, "en", title="The centre")
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    fields = form.context["form"].fields
    assert fields["content_updated_on"].disabled
    assert not fields["summary"].disabled
    french = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert not french.context["form"].fields["content_updated_on"].disabled


def test_a_version_is_not_published_before_its_source(
    page: StandardPage, admin_client: Client
) -> None:
    english = version(page, "en", title="The centre")
    page.unpublish()
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    sent = nested_form_data(
        {
            "title": "The new centre",
            "slug": english.slug,
            "body": streamfield([]),
            "action-publish": "on",
        }
    )
    response = admin_client.post(address, sent, follow=True)
    assert "la page en français n’est pas publiée" in response.content.decode()
    english = StandardPage.objects.get(pk=english.pk)
    assert not english.live
    assert english.get_latest_revision_as_object().title == "The new centre"


def test_who_may_not_write_is_not_shown_the_report(home: HomePage, client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(REPORT).status_code == 302


def test_a_free_easy_page_of_another_type_is_told_that_its_source_has_changed(
    home: HomePage, admin_client: Client, client: Client
) -> None:
    """Its words and its shape are its own: nothing is copied to it."""
    source = GlossaryPageFactory(parent=home, title="Le lexique", summary="Des mots.")
    source.save_revision().publish()
    locale = Locale.objects.get_or_create(language_code="fr-simple")[0]
    easy_home = home.copy_for_translation(locale)
    easy_home.save_revision().publish()
    easy = StandardPageFactory(
        parent=easy_home,
        title="Les mots",
        locale=locale,
        translation_key=source.translation_key,
        body=[{"type": "easy_heading", "value": "Des mots difficiles"}],
    )
    easy.save_revision().publish()
    assert "Français facile à lire" in client.get(source.url).content.decode()

    source.summary = "Des mots expliqués."
    source.save_revision().publish()

    easy.refresh_from_db()
    assert easy.summary != source.summary
    assert "La page d’origine a changé le" in client.get(easy.url).content.decode()
    compared = admin_client.get(f"{REPORT}{state_of(easy).pk}/").content.decode()
    assert "expliqués" in compared
    form = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    assert "Facile à lire" not in admin_client.get(form).content.decode()

    source.unpublish()
    easy.refresh_from_db()
    assert not easy.live
