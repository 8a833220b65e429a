"""The editor's list of entries says who answers for each, and what a reader would miss."""

from django.test import Client

import pytest
from pytest_django import DjangoAssertNumQueries

from home.models import HomePage
from tests.factories.referents import referent_of
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory
from tests.factories.users import member_of

LIST = "/admin/fiches/"


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def test_who_answers_and_what_is_missing(editor: Client) -> None:
    index = DirectoryPageFactory(parent=HomePage.objects.get())
    entry = ResourcePageFactory(parent=index, title="Maison d’essai", phone="", cost="")
    referent_of(entry, name="Ana Silva")
    html = editor.get(LIST).content.decode()
    assert "Ana Silva" in html
    assert "le téléphone" in html
    assert "Jamais vérifiée" in html
    assert "Français" not in html.split("<table")[1]


@pytest.mark.parametrize("role", ["Rédaction", "Modération"])
def test_who_answers_is_named_to_the_coordination_only(client: Client, role: str, db: None) -> None:
    index = DirectoryPageFactory(parent=HomePage.objects.get())
    referent_of(ResourcePageFactory(parent=index, title="Maison d’essai"), name="Ana Silva")
    client.force_login(member_of(role))
    html = client.get(LIST).content.decode()
    assert "Maison d’essai" in html
    assert "Ana Silva" not in html
    assert ">oui</td>" in html


def test_a_longer_list_asks_what_the_menu_of_each_page_asks(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    index = DirectoryPageFactory(parent=HomePage.objects.get())
    ResourcePageFactory(parent=index)
    editor.get(LIST)
    with django_assert_max_num_queries(200) as before:
        editor.get(LIST)
    for _n in range(5):
        ResourcePageFactory(parent=index)
    # wagtail-localize asks two of each page, to know whether to offer « Traduire ».
    with django_assert_max_num_queries(len(before) + 5 * 2):
        editor.get(LIST)
