"""An editor who saves an entry is told that it looks like another one."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.test.utils.form_data import streamfield

import pytest

from portal.geo.models import Commune
from resources.duplicates import find_duplicates
from resources.listing.models import DirectoryPage
from resources.models import GemPage
from tests.factories.resources import GemPageFactory, ResourcePageFactory
from tests.factories.users import member_of
from tests.resources.sent_forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def reasons(entry) -> list[tuple[str, str]]:
    return [(why, known.title) for why, known in find_duplicates(entry)]


def test_what_two_entries_have_in_common_is_said(directory: DirectoryPage) -> None:
    aubagne, arles = Commune.objects.get(pk="13005"), Commune.objects.get(pk="13004")
    one = GemPageFactory(
        parent=directory, title="Le Phare", commune=aubagne, phone="3114", finess="130001234"
    )
    ResourcePageFactory(parent=directory, title="LE PHARE", commune=aubagne)
    ResourcePageFactory(parent=directory, title="Le phare", commune=arles)
    ResourcePageFactory(parent=directory, title="Voisine", commune=aubagne, phone="3114")
    ResourcePageFactory(parent=directory, title="Ailleurs", commune=arles, phone="3114")
    ResourcePageFactory(parent=directory, title="Double", finess="130001234", phone="3114")

    assert sorted(reasons(one)) == [
        ("même nom, même commune", "LE PHARE"),
        ("même numéro FINESS", "Double"),
        ("même téléphone, même commune", "Voisine"),
    ]


def test_an_entry_without_anything_to_compare_looks_like_nothing(
    directory: DirectoryPage,
) -> None:
    one, _other = [ResourcePageFactory(parent=directory, title="Sans lieu") for _ in range(2)]

    assert reasons(one) == []


def test_looking_for_duplicates_costs_one_query(directory: DirectoryPage) -> None:
    aubagne = Commune.objects.get(pk="13005")
    entries = [ResourcePageFactory(parent=directory, commune=aubagne) for _ in range(5)]

    with CaptureQueriesContext(connection) as captured:
        find_duplicates(entries[0])

    assert len(captured) == 1


def test_the_editor_says_it_and_saves_all_the_same(
    client: Client, directory: DirectoryPage
) -> None:
    aubagne = Commune.objects.get(pk="13005")
    other = GemPageFactory(parent=directory, title="Le Phare", commune=aubagne, phone="3114")
    gem = GemPageFactory(parent=directory, title="Le Rebond", commune=aubagne, phone="3114")
    client.force_login(member_of("Coordination"))
    address = reverse("wagtailadmin_pages:edit", args=[gem.pk])
    form = filled(client.get(address).content, "form#page-edit-form", summary="Un lieu calme.")
    for name in ("description", "first_visit"):
        form |= {f"{name}-{key}": value for key, value in streamfield([]).items()}

    answer = client.post(address, form, follow=True)

    said = answer.content.decode()
    assert "Peut-être un doublon" in said
    assert reverse("wagtailadmin_pages:edit", args=[other.pk]) in said
    draft = GemPage.objects.get(pk=gem.pk).get_latest_revision_as_object()
    assert draft.summary == "Un lieu calme."
