"""The form of the letter: what it asks, what it keeps, and what it tells of nobody."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Locale

import pytest

from newsletter.models import ConsentText, Delivery, LetterSettings, Subscriber
from newsletter.subscription.models import LetterIndexPage
from portal.base.models import PortalSettings
from portal.geo.models import Territory
from tests.factories.letter import subscriber_of, topic
from tests.newsletter.subscription.asking import CAMILLE, filled, moment, send, soup_of

State = Subscriber.State


def test_asking_makes_a_pending_subscriber_and_one_message_to_confirm(
    client: Client, letter_page: LetterIndexPage
) -> None:
    topic("proches"), topic("agenda")
    Territory.objects.create(name="Pays d’Arles", slug="arles")
    data = filled(topics=["proches", "agenda"], territory="arles")
    response = send(client, letter_page, data)
    assert response.status_code == 302
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.state) == (CAMILLE, State.PENDING)
    assert {one.code for one in subscriber.topics.all()} == {"proches", "agenda"}
    assert subscriber.territory.slug == "arles"
    assert subscriber.consent == ConsentText.current()
    assert subscriber.proof == letter_page.full_url
    assert subscriber.confirmed_at is None
    row = Delivery.objects.get()
    assert (row.kind, row.state, row.subscriber) == ("confirmer", "attente", subscriber)


def test_the_address_is_all_that_is_needed(client: Client, letter_page: LetterIndexPage) -> None:
    form = soup_of(client.get(letter_page.url)).find(id="inscription")
    required = {field["name"] for field in form.find_all(required=True)}
    assert required == {"email", "consent"}
    assert "facultatif" not in form.find("label", attrs={"for": "id_email"}).text
    assert send(client, letter_page).status_code == 302


def test_reading_and_sending_the_form_leaves_no_cookie(
    client: Client, letter_page: LetterIndexPage
) -> None:
    client.get(letter_page.url)
    response = send(client, letter_page)
    client.get(response["Location"])
    send(client, letter_page, filled(email=""))
    assert not client.cookies


def test_the_form_says_who_answers_for_the_data_and_what_for(
    client: Client, letter_page: LetterIndexPage
) -> None:
    portal = PortalSettings.load()
    portal.operator, portal.contact_email = "Hôpital de l’Estaque", "ptsm@exemple.example"
    portal.save()
    words = soup_of(client.get(letter_page.url)).find(id="rgpd").text
    for told in ("Hôpital de l’Estaque", "ptsm@exemple.example", "CNIL", "ni ouverture ni clic"):
        assert told in words
    letter = LetterSettings.load()
    letter.controller = "Association du PTSM, dpo@exemple.example"
    letter.save()
    assert "Association du PTSM" in soup_of(client.get(letter_page.url)).find(id="rgpd").text


def test_after_the_form_one_reads_where_to_look_and_nothing_of_the_address(
    client: Client, letter_page: LetterIndexPage
) -> None:
    response = client.get(send(client, letter_page)["Location"])
    soup = soup_of(response)
    assert response.status_code == 200
    assert "boîte e-mail" in soup.h1.text
    assert "72 heures" in soup.main.text
    assert "indésirables" in soup.main.text
    assert CAMILLE not in response.content.decode()
    assert soup.find("meta", attrs={"name": "robots", "content": "noindex"})


def test_whoever_asks_cannot_tell_whether_the_address_is_known(
    client: Client, letter_page: LetterIndexPage
) -> None:
    subscriber_of("connue@x.example")
    subscriber_of("partie@x.example", state=State.UNSUBSCRIBED)
    answers = set()
    for address in ("connue@x.example", "partie@x.example", "inconnue@x.example"):
        for _again in range(2):
            response = send(client, letter_page, filled(email=address))
            thanks = client.get(response["Location"])
            answers.add((response.status_code, response["Location"], thanks.content))
    assert len(answers) == 1


def test_the_same_is_asked_of_the_database_for_a_known_address_and_an_unknown_one(
    client: Client, letter_page: LetterIndexPage
) -> None:
    known = topic("proches")
    topic("agenda")
    subscriber_of("connue@x.example", topics=[known])
    subscriber_of("partie@x.example", topics=[known], state=State.UNSUBSCRIBED)
    send(client, letter_page, filled(email="premiere@x.example"))  # what is read once is read
    asked = {}
    for address in ("connue@x.example", "partie@x.example", "inconnue@x.example"):
        data = filled(email=address, topics=["agenda"])
        with CaptureQueriesContext(connection) as queries:
            assert send(client, letter_page, data).status_code == 302
        asked[address] = [shape(query["sql"]) for query in queries if shape(query["sql"])]
    assert asked["connue@x.example"] == asked["inconnue@x.example"] == asked["partie@x.example"]
    assert len(asked["connue@x.example"]) > 10


def shape(sql: str) -> tuple[str, ...]:
    """The verb of a query and the tables it names; nothing for what frames transactions."""
    if re.match(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT", sql):
        return ()
    return (sql.split()[0], *sorted(set(re.findall(r'"([a-z]+_\w+)"', sql))))


def test_a_known_person_is_told_so_by_mail_and_nothing_of_theirs_changes(
    client: Client, letter_page: LetterIndexPage
) -> None:
    proches = topic("proches")
    topic("agenda")
    known = subscriber_of("connue@x.example", topics=[proches])
    before = Subscriber.objects.filter(pk=known.pk).values().get()
    send(client, letter_page, filled(email="CONNUE@X.example", topics=["agenda"]))
    assert Subscriber.objects.filter(pk=known.pk).values().get() == before
    assert list(known.topics.all()) == [proches]
    assert [row.kind for row in Delivery.objects.all()] == [Delivery.Kind.KNOWN]


def test_a_person_without_javascript_passes(client: Client, letter_page: LetterIndexPage) -> None:
    """What the page holds is enough: nothing is added by a script."""
    form = soup_of(client.get(letter_page.url)).find(id="inscription")
    data = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    data |= {"email": CAMILLE, "consent": "on", "territory": ""}
    data["moment"] = moment(4)
    assert client.post(form["action"], data).status_code == 302
    assert Subscriber.objects.get().email == CAMILLE


def test_the_address_of_the_form_opened_by_hand_leads_to_the_form(
    client: Client, letter_page: LetterIndexPage
) -> None:
    response = client.get(f"/lettre/{letter_page.pk}/inscription/")
    assert response.status_code == 302
    assert response["Location"].endswith("/lettre/#inscription")
    assert client.get("/lettre/999999/inscription/").status_code == 404
    assert client.get("/lettre/999999/merci/").status_code == 404


def test_no_address_goes_to_the_logs(
    client: Client, letter_page: LetterIndexPage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    send(client, letter_page)
    send(client, letter_page, filled(nickname="robot"))
    send(client, letter_page, headers={"Sec-Fetch-Site": "cross-site"})
    logged = " ".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert "camille" not in logged


def test_in_another_language_what_is_written_once_in_french_says_so(
    client: Client, letter_page: LetterIndexPage
) -> None:
    topic("proches", name="Les proches", details="Des conseils")
    english = Locale.objects.get_or_create(language_code="en")[0]
    for source in (letter_page.get_parent().specific, letter_page):
        page = source.copy_for_translation(english)
        page.save_revision().publish()
    form = soup_of(client.get(page.url)).find(id="inscription")
    french = [words.text for words in form.find_all(lang="fr")]
    assert ConsentText.current().text in french
    assert any("Les proches" in words for words in french)
    response = send(client, page, filled(email=""))
    assert soup_of(response).html["lang"] == "en"
    assert client.get(send(client, page)["Location"]).status_code == 200


def test_the_form_costs_few_queries(
    letter_page: LetterIndexPage, count_queries: Callable[[str], int]
) -> None:
    for rank in range(6):
        topic(f"sujet-{rank}")
        Territory.objects.create(name=f"Territoire {rank}", slug=f"territoire-{rank}")
    count_queries(letter_page.url)  # the settings are written once
    assert count_queries(letter_page.url) <= 20


# The words that are agreed to.


def test_the_words_that_were_read_are_the_ones_kept(
    client: Client, letter_page: LetterIndexPage
) -> None:
    read = ConsentText.current()
    soup = soup_of(client.get(letter_page.url))
    assert read.text in soup.find(id="inscription").text
    data = filled(version=soup.find("input", attrs={"name": "version"})["value"])
    ConsentText.objects.create(text="J’accepte autre chose.")
    send(client, letter_page, data)
    assert Subscriber.objects.get().consent == read


def long_replaced() -> str:
    old = ConsentText.current()
    ConsentText.objects.create(text="Nouveau texte.", written_at=timezone.now() - timedelta(days=8))
    return str(old.version)


@pytest.mark.parametrize("version", ["", "0", "7", "x", "10" * 40, "\x00", long_replaced])
def test_words_that_cannot_have_been_read_must_be_read_again(
    client: Client, letter_page: LetterIndexPage, version: Any
) -> None:
    version = version() if callable(version) else version
    response = send(client, letter_page, filled(version=version))
    soup = soup_of(response)
    assert response.status_code == 422
    assert "relisez" in soup.find(role="alert").text
    assert not soup.find(id="id_consent").has_attr("checked")
    current = ConsentText.current()
    assert soup.find("input", attrs={"name": "version"})["value"] == str(current.version)
    assert current.text in soup.find(id="inscription").text
