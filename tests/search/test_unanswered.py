"""What found nothing is counted; what somebody typed is not kept."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

import pytest

from search.contracts import QueryPart, QueryPartKind, UnderstoodQuery
from search.models import UnansweredSearch
from search.services import unanswered
from search.services.unanswered import (
    anonymous_words,
    count_unanswered,
    forget_old_unanswered,
    monday,
    note_unanswered,
)
from tests.factories.users import member_of
from tests.rate_limits import SetLimit

WEEK = date(2026, 11, 23)
PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def ask(text: str, agent: str = PERSON, method: str = "get", **parts: object) -> None:
    request = getattr(RequestFactory(), method)("/annuaire/", headers={"User-Agent": agent})
    note_unanswered(request, text, UnderstoodQuery(text=text, **parts))


def everything_in_the_table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_unansweredsearch")
        return repr(cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sophrologie", "sophrologie"),
        ("  ÉQUITHÉRAPIE ", "equitherapie"),
        ("j’entends des voix", "j entends des voix"),
        ("mon fils 13 ans anorexique", "mon fils ans anorexique"),
        ("sophrologue 12 bis rue de la Paix Aubagne", "sophrologue"),
        ("sophrologue avenue du Prado", "sophrologue"),
        ("je dors à la rue", "je dors a la rue"),
        ("atelier 4, place Castellane", "atelier"),
        ("place en résidence accueil", "place en residence accueil"),
        ("écrire à jean.dupont@exemple.fr", "ecrire a"),
        ("https://exemple.fr/moi sophro", "sophro"),
        ("madame Dupont sophrologue", "sophrologue"),
        ("je m’appelle Jean aidez moi", "je aidez moi"),
        ("06 12 34 56 78", ""),
        ("\0 😀 <>", ""),
        ("mot " * 30, ""),
    ],
)
def test_only_harmless_words_are_left(typed: str, kept: str) -> None:
    assert anonymous_words(typed, UnderstoodQuery()) == kept


def test_the_place_of_the_question_is_left_out() -> None:
    part = QueryPart(QueryPartKind.PLACE, "13005", "Aubagne", rest="sophrologie")
    assert anonymous_words("sophrologie aubagne", UnderstoodQuery(parts=(part,))) == "sophrologie"


@pytest.mark.django_db
def test_nothing_readable_is_in_the_database_before_the_fifth_time() -> None:
    for _time in range(4):
        ask("Équithérapie")
    row = UnansweredSearch.objects.get()
    assert (row.count, row.words) == (4, "")
    held = everything_in_the_table().lower()
    for word in ("equi", "équi", "therapie", PERSON.lower(), "127.0.0.1"):
        assert word not in held
    ask("equithérapie")
    assert UnansweredSearch.objects.get().words == "equitherapie"


@pytest.mark.django_db
def test_the_hash_changes_with_the_key_and_with_the_week(settings) -> None:
    count_unanswered("sophrologie", WEEK)
    count_unanswered("sophrologie", WEEK + timedelta(days=7))
    settings.SECRET_KEY = "une autre clé"
    count_unanswered("sophrologie", WEEK + timedelta(days=7))
    assert len(set(UnansweredSearch.objects.values_list("digest", flat=True))) >= 2


@pytest.mark.django_db
def test_what_too_few_asked_is_forgotten_when_the_week_ends() -> None:
    for _time in range(5):
        count_unanswered("sophrologie", WEEK)
    count_unanswered("hypnose", WEEK)
    count_unanswered("yoga", WEEK + timedelta(days=7))
    assert sorted(UnansweredSearch.objects.values_list("count", "words")) == [
        (1, ""),
        (5, "sophrologie"),
    ]


@pytest.mark.django_db
def test_all_is_forgotten_after_a_year() -> None:
    UnansweredSearch.objects.create(week=WEEK, digest="a", count=9, words="yoga")
    forget_old_unanswered(WEEK + timedelta(days=364))
    assert UnansweredSearch.objects.exists()
    forget_old_unanswered(WEEK + timedelta(days=371))
    assert not UnansweredSearch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sender",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "python-requests/2.32"},
        {"agent": ""},
        {"method": "head"},
    ],
)
def test_a_robot_is_not_counted(sender: dict) -> None:
    ask("sophrologie", **sender)
    assert not UnansweredSearch.objects.exists()


@pytest.mark.django_db
def test_one_network_cannot_fill_the_table(set_limit: SetLimit) -> None:
    set_limit("unanswered_searches", 3)
    for word in ("un", "deux", "trois", "quatre", "cinq"):
        ask(word)
    assert UnansweredSearch.objects.count() == 3


@pytest.mark.django_db
def test_a_database_that_cannot_write_costs_the_reader_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(unanswered, "count_unanswered", fail)
    ask("sophrologie")
    assert not UnansweredSearch.objects.exists()


@pytest.fixture
def report(client: Client, db: None) -> str:
    for words, times in (("sophrologie", 7), ("hypnose", 4)):
        for _time in range(times):
            count_unanswered(words, monday())
    client.force_login(member_of("Coordination"))
    return client.get(reverse("unanswered_searches")).content.decode()


def test_the_report_shows_what_many_looked_for(report: str) -> None:
    assert "sophrologie" in report
    assert "hypnose" not in report


def test_one_click_makes_an_entry_of_the_words(report: str, client: Client) -> None:
    address = reverse("wagtailsnippets_search_lexiconentry:add")
    assert f'href="{address}?phrases=sophrologie"' in report
    form = client.get(address, {"phrases": "sophrologie"}).context["form"]
    assert form.initial["phrases"] == "sophrologie"
    assert form.initial["name"] == "Sophrologie"


def test_one_click_leads_to_the_page_to_promote(report: str, client: Client) -> None:
    address = reverse("wagtailsnippets_search_lexiconentry:add")
    start = report.index(f'href="{address}?phrases=sophrologie#') + 6
    target = report[start : report.index('"', start)]
    html = client.get(address, {"phrases": "sophrologie"}).content.decode()
    assert f'id="{target.split("#")[1]}"' in html


def test_the_report_can_be_taken_away_as_a_file(report: str, client: Client) -> None:
    response = client.get(reverse("unanswered_searches"), {"export": "csv"})
    assert b"sophrologie" in b"".join(response.streaming_content)


def test_only_those_who_may_act_upon_it_see_the_report(client: Client, db: None) -> None:
    client.force_login(member_of("Rédaction"))
    assert client.get(reverse("unanswered_searches")).status_code in (302, 403)
    assert "recherches" not in client.get(reverse("wagtailadmin_home")).content.decode()
