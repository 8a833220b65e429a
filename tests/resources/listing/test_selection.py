"""« Ma sélection »: held in the address, printed or sent by the reader, kept by nobody."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from bs4 import BeautifulSoup

from resources.listing.models import DirectoryPage
from resources.models import GemPage
from resources.models.inlines import ResourcePhone
from resources.selection_params import SelectionParams, short_key
from tests.factories.resources import CmpPageFactory, GemPageFactory, ResourcePageFactory

URL = "/annuaire/selection/"


@pytest.fixture
def gem(directory: DirectoryPage) -> GemPage:
    return GemPageFactory(
        parent=directory, title="GEM Exemple", phone="04 65 71 00 12", email="gem@exemple.example",
        address_street="1 rue Exemple", postcode="13400", website="https://gem.example",
        opening_hours="Mo-Fr 09:00-12:00", cost="free",
    )  # fmt: skip


def show(reader: Client, *entries, **query: str):
    tickets = "-".join(entry if isinstance(entry, str) else short_key(entry) for entry in entries)
    return reader.get(URL, {"f": tickets, **query})


def titles(response) -> list[str]:
    return [entry.title for entry in response.context["selection"].entries]


def test_the_page_gives_all_that_one_needs_to_come(reader: Client, gem: GemPage) -> None:
    gem.phones = [ResourcePhone(label="Secrétariat", number="04 65 71 00 13")]
    gem.save()
    html = show(reader, gem).content.decode()
    for words in ("GEM Exemple", "04 65 71 00 12", "04 65 71 00 13", "gem@exemple.example",
                  "1 rue Exemple", "gem.example", "Lundi 9", "Gratuit"):  # fmt: skip
        assert words in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html


def test_the_order_is_the_reader_s_own(directory: DirectoryPage, reader: Client) -> None:
    entries = [ResourcePageFactory(parent=directory) for _rank in range(3)]
    chosen = [entries[2], entries[0], entries[1], entries[2]]
    assert titles(show(reader, *chosen)) == [entry.title for entry in chosen[:3]]
    tickets = [short_key(entry) for entry in chosen]
    assert titles(reader.get(URL, {"f": tickets})) == [entry.title for entry in chosen[:3]]


def test_an_entry_page_adds_to_what_was_there(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    other = CmpPageFactory(parent=directory)
    html = reader.get(gem.url, {"sel": short_key(other)}).content.decode()
    address = f"{URL}?f={short_key(other)}-{short_key(gem)}"
    assert f'href="{address}"' in html
    assert titles(reader.get(address)) == [other.title, gem.title]
    assert "Dans ma sélection" in reader.get(gem.url, {"sel": short_key(gem)}).content.decode()


def test_each_entry_can_be_taken_away(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    other = CmpPageFactory(parent=directory)
    (first, second) = show(reader, gem, other).context["selection"].selected
    assert titles(reader.get(first.remove_url)) == [other.title]
    assert titles(reader.get(second.remove_url)) == [gem.title]
    empty = reader.get(show(reader, gem).context["selection"].selected[0].remove_url)
    assert "Ma sélection est vide" in empty.content.decode()


def test_an_empty_selection_says_how_to_fill_it(directory: DirectoryPage, reader: Client) -> None:
    html = reader.get(URL).content.decode()
    assert "Ajouter à ma sélection" in html
    assert 'href="/annuaire/"' in html


def test_the_letter_goes_from_the_reader_s_own_program(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    letter = show(reader, gem).context["letter_url"]
    address = urlsplit(letter)
    assert (address.scheme, address.path) == ("mailto", "")
    said = parse_qs(address.query)
    assert said["subject"] == ["Ma sélection de lieux d’aide"]
    for words in ("GEM Exemple", "04 65 71 00 12", f"http://testserver{URL}?f={short_key(gem)}"):
        assert words in said["body"][0]
    assert "+" not in letter


def test_a_long_letter_stays_short_enough_for_mail_programs(
    directory: DirectoryPage, reader: Client
) -> None:
    entries = [ResourcePageFactory(parent=directory, title="T" * 150) for _rank in range(30)]
    letter = unquote(show(reader, *entries).context["letter_url"])
    assert len(letter) < 2200
    assert "La suite est à l’adresse ci-dessus" in letter


def test_what_is_gone_is_said_and_the_rest_is_shown(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    gone = ResourcePageFactory(parent=directory)
    closed = ResourcePageFactory(parent=directory, status="closed")
    gone.unpublish()
    response = show(reader, gone, gem, closed, "0123456789", "abc", "<script>")
    html = response.content.decode()
    assert titles(response) == [gem.title]
    assert "3 lieux ne sont plus dans l’annuaire" in html
    assert "illisible" in html
    assert "<script>" not in html.replace('<script src="', "").replace("<script type=", "")


def test_a_masked_address_stays_masked(directory: DirectoryPage, reader: Client) -> None:
    secret = ResourcePageFactory(
        parent=directory, title="Refuge", address_street="9 rue Cachée", address_is_masked=True
    )
    response = show(reader, secret)
    assert "rue Cachée" not in response.content.decode()
    assert "Cach" not in unquote(response.context["letter_url"])


def test_thirty_entries_at_most(directory: DirectoryPage, reader: Client) -> None:
    entries = [ResourcePageFactory(parent=directory) for _rank in range(31)]
    response = show(reader, *entries)
    assert len(titles(response)) == 30
    assert "30 lieux au plus" in response.content.decode()


@pytest.mark.parametrize("value", ["", "-", "----", "\0", "é" * 99, "0" * 10_000, "' OR 1=1 --"])
def test_whatever_the_address_holds_there_is_a_page(
    directory: DirectoryPage, reader: Client, value: str
) -> None:
    for name in ("f", "sel"):
        assert reader.get(URL, {name: value}).status_code == 200


def test_the_words_of_a_question_never_leave_its_page(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    words, where = "je pense au suicide après Zoraïde", "Aubagne"
    secret = re.compile("pense|apr%C3%A8s|après|zora|aubagne", re.IGNORECASE)
    query = {"q": f"{words} gem", "ou": where, "pour": "adultes"}
    found = BeautifulSoup(reader.get(directory.url, query).content, "html.parser")
    keep = found.select_one('.door-card a[rel="nofollow"]')["href"]
    # Putting aside leads back to the answers themselves, where the question already is.
    kept = BeautifulSoup(reader.get(keep.partition("#")[0]).content, "html.parser")
    links = [link["href"] for link in kept.select(f'a[href^="{URL}"]')]
    assert links == [f"{URL}?f={short_key(gem)}"]
    response = reader.get(links[0], headers={"referer": f"http://testserver{keep}"})
    page = response.content.decode()
    assert titles(response) == [gem.title]
    assert not secret.search(page)
    for address in re.findall(r'href="([^"]*)"', page):
        assert not {"q", "ou", "retour"} & parse_qs(urlsplit(address).query).keys(), address
    # What is printed is this page; what is sent is its letter.
    assert not secret.search(unquote(response.context["letter_url"]))


def test_the_way_back_carries_the_selection_and_no_question(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    selection = show(reader, gem, retour="q=je+pense+au+suicide").context["selection"]
    assert selection.back_url == f"/annuaire/?sel={short_key(gem)}"
    assert "pense" not in selection.url + selection.selected[0].remove_url


def test_the_page_says_whom_each_place_receives(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    near = ResourcePageFactory(
        parent=directory, title="Partout", covers_department=True, publics=["adultes"]
    )
    unsaid, said = show(reader, gem, near).context["selection"].selected
    assert not unsaid.serves_surely
    assert "Zone reçue non précisée" in unsaid.serves
    assert said.serves_surely
    assert said.serves == "Reçoit les adultes de tout le département."
    html = show(reader, gem, near).content.decode()
    assert "Reçoit les adultes de tout le département." in html


def test_nothing_is_kept(reader: Client, gem: GemPage) -> None:
    response = show(reader, gem)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    with CaptureQueriesContext(connection) as captured:
        show(reader, gem)
    assert not [q for q in captured if not q["sql"].lstrip(" (").upper().startswith("SELECT")]


def test_a_longer_selection_costs_no_more_queries(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    entries = [gem, *(CmpPageFactory(parent=directory) for _rank in range(9))]
    for _time in range(2):  # the first visit ever makes the settings
        show(reader, gem)
    with CaptureQueriesContext(connection) as few:
        show(reader, *entries[:2])
    with CaptureQueriesContext(connection) as many:
        show(reader, *entries)
    assert len(many) == len(few) <= 15


def test_a_ticket_is_read_in_any_case() -> None:
    tickets = SelectionParams(QueryDict("sel=ABCDEF0123-abcdef0123-0123456789"), "sel")
    assert tickets.keys == ["abcdef0123", "0123456789"]


def test_a_list_carries_the_selection_along(
    directory: DirectoryPage, reader: Client, gem: GemPage
) -> None:
    other = CmpPageFactory(parent=directory, title="CMP Exemple")
    ticket = short_key(other)
    html = reader.get("/annuaire/", {"type": "gem", "sel": ticket}).content.decode()
    assert f'href="{gem.url}?sel={ticket}"' in html
    both = f"{ticket}-{short_key(gem)}"
    assert f'href="/annuaire/?type=gem&amp;sel={both}#r1"' in html
    assert f'href="{URL}?f={ticket}"' in html
    # A second press takes it out again.
    html = reader.get("/annuaire/", {"type": "gem", "sel": both}).content.decode()
    assert f'href="/annuaire/?type=gem&amp;sel={ticket}#r1"' in html
