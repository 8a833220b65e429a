"""The form of the letter: kind to whoever types it, of no use to robots, silent about others."""

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

from newsletter.models import (
    ConsentText,
    Delivery,
    LetterIndexPage,
    LetterSettings,
    RecentRequest,
    Subscriber,
)
from portal.base.models import PortalSettings
from portal.geo.models import Territory
from tests.factories.letter import subscriber_of, topic
from tests.newsletter.asking import CAMILLE, alert_of, filled, moment, send, soup_of

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


# Mistakes.


def test_mistakes_come_first_on_a_page_of_their_own_and_lead_to_their_field(
    client: Client, letter_page: LetterIndexPage
) -> None:
    response = send(client, letter_page, {"email": "camille.exemple", "moment": moment()})
    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.title.text.startswith("Erreur")
    targets = [link["href"] for link in soup.find(role="alert").find_all("a")]
    assert targets == ["#id_email", "#id_consent"]
    for target in targets:
        field = soup.select_one(target)
        assert field["aria-invalid"] == "true"
        assert soup.select_one(f"{target}_error").text.strip()
        assert f"{target[1:]}_error" in field["aria-describedby"]


def test_a_mistake_loses_nothing_that_was_typed(
    client: Client, letter_page: LetterIndexPage
) -> None:
    topic("proches"), topic("agenda"), topic("partenaires")
    Territory.objects.create(name="Pays d’Arles", slug="arles")
    data = filled(email="camille@", topics=["proches", "agenda"], territory="arles")
    soup = soup_of(send(client, letter_page, data))
    assert soup.find(id="id_email")["value"] == "camille@"
    ticked = {
        box["value"] for box in soup.find_all("input", attrs={"name": "topics"}, checked=True)
    }
    assert ticked == {"proches", "agenda"}
    assert soup.select_one("select[name=territory] option[selected]")["value"] == "arles"
    assert soup.find(id="id_consent").has_attr("checked")
    assert not Subscriber.objects.exists()


def test_a_topic_that_is_no_longer_offered_is_neither_shown_nor_taken(
    client: Client, letter_page: LetterIndexPage
) -> None:
    topic("proches"), topic("ancien", is_offered=False)
    assert 'value="ancien"' not in client.get(letter_page.url).content.decode()
    response = send(client, letter_page, filled(topics=["proches", "ancien"]))
    assert response.status_code == 422
    assert soup_of(response).find(role="alert").find("a", href="#id_topics")
    assert soup_of(response).find(id="id_topics")


BAD_ADDRESSES = {
    "22: CRLF": "camille\r\nBcc: tous@exemple.example",
    "23: a header": "a@b.fr\nBcc: tous@exemple.example",
    "23: NUL": "a@b.fr\x00",
    "23: U+2028": "a@b\u2028.fr",
    "25: no domain": "a@[127.0.0.1]",
    "26: a long local part": f"{'x' * 65}@exemple.example",
    "too long": f"a@{'x.' * 130}example",
    "no @": "camille.exemple",
    "nothing": "",
    "blanks": " \u200b ",
    "two": "a@b.fr, c@d.fr",
}


@pytest.mark.parametrize("address", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES)
def test_a_bad_address_is_said_beside_its_field_and_nobody_is_written_to(
    client: Client, letter_page: LetterIndexPage, address: str
) -> None:
    response = send(client, letter_page, filled(email=address))
    assert response.status_code == 422
    assert soup_of(response).find(role="alert").find("a", href="#id_email")
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()


SAME_PERSON = {
    "24: capitals": ("A@X.FR", "a@x.fr"),
    "27: a domain with an accent": ("a@théâtre.fr", "a@xn--thtre-4qa2c.fr"),
    "28: blanks around": (" \u200ba@x.fr\ufeff ", "a@x.fr"),
}


@pytest.mark.parametrize("pair", SAME_PERSON.values(), ids=SAME_PERSON)
def test_two_spellings_are_one_subscriber_and_one_message(
    client: Client, letter_page: LetterIndexPage, pair: tuple[str, str]
) -> None:
    for address in (*pair, *reversed(pair)):
        assert send(client, letter_page, filled(email=address)).status_code == 302
    assert Subscriber.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_29_an_address_with_a_plus_is_an_address_of_its_own(
    client: Client, letter_page: LetterIndexPage
) -> None:
    for address in ("a@x.example", "a+lettre@x.example"):
        send(client, letter_page, filled(email=address))
    assert {one.email for one in Subscriber.objects.all()} == {"a@x.example", "a+lettre@x.example"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nickname": "robot"}, "champ caché"),
        ({"moment": ""}, "n’a pas marché"),
        ({"moment": "shown:forgé:abc"}, "n’a pas marché"),
        ({"moment": "\x00"}, "n’a pas marché"),
    ],
    ids=["31: honeypot", "no moment", "forged moment", "NUL moment"],
)
def test_what_only_robots_do_is_told_and_can_be_mended(
    client: Client, letter_page: LetterIndexPage, changes: dict[str, str], words: str
) -> None:
    response = send(client, letter_page, filled(**changes))
    assert response.status_code == 422
    assert words in alert_of(response)
    assert not Subscriber.objects.exists()


def test_32_a_form_sent_in_a_fifth_of_a_second_is_kept_and_can_be_sent_again(
    client: Client, letter_page: LetterIndexPage
) -> None:
    response = send(client, letter_page, filled(moment=moment(0.2)))
    assert response.status_code == 422
    assert "très rapide" in alert_of(response)
    assert soup_of(response).find(id="id_email")["value"] == CAMILLE
    assert not Subscriber.objects.exists()


def test_36_a_body_of_5_mb_gets_a_clear_answer(
    client: Client, letter_page: LetterIndexPage
) -> None:
    response = send(client, letter_page, filled(email="x" * 5_000_000))
    assert response.status_code == 413
    assert "trop long" in alert_of(response)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"email": "a@x.fr"}'),
        ("text/plain", b"email=a@x.fr"),
        ("multipart/form-data", b"without a boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"email=%FF%FE&email=deux&consent=on"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"email=a@x.fr"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_500))),
    ],
)
def test_37_what_no_browser_sends_is_a_mistake_not_a_breakdown(
    client: Client, letter_page: LetterIndexPage, content_type: str, body: bytes
) -> None:
    response = send(client, letter_page, body, content_type=content_type)
    assert response.status_code == 422
    assert alert_of(response)
    assert not Subscriber.objects.exists()


def test_37_of_two_addresses_in_one_form_the_last_one_counts_alone(
    client: Client, letter_page: LetterIndexPage
) -> None:
    send(client, letter_page, filled(email=["premiere@x.example", "derniere@x.example"]))
    assert [one.email for one in Subscriber.objects.all()] == ["derniere@x.example"]


ELSEWHERE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://ailleurs.example"},
    {"Referer": "https://ailleurs.example/page"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_38_another_site_cannot_subscribe_anybody(
    client: Client, letter_page: LetterIndexPage, headers: dict[str, str]
) -> None:
    response = send(client, letter_page, headers=headers)
    assert response.status_code == 403
    assert "autre site" in alert_of(response)
    assert not Subscriber.objects.exists()


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


# Limits.


def test_a_network_that_sends_many_forms_is_told_and_keeps_what_it_typed(
    client: Client, letter_page: LetterIndexPage
) -> None:
    for rank in range(20):
        data = filled(email=f"personne{rank}@x.example")
        assert send(client, letter_page, data, REMOTE_ADDR="192.0.2.1").status_code == 302
    response = send(client, letter_page, REMOTE_ADDR="192.0.2.77")
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 3600
    assert "dans une heure" in alert_of(response)
    assert soup_of(response).find(id="id_email")["value"] == CAMILLE
    assert send(client, letter_page, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_when_two_hundred_messages_left_within_an_hour_all_are_told_to_wait(
    client: Client, letter_page: LetterIndexPage
) -> None:
    RecentRequest.objects.bulk_create(RecentRequest(address_hash=f"{n}") for n in range(200))
    subscriber_of("connue@x.example")
    for address in ("connue@x.example", "inconnue@x.example"):
        response = send(client, letter_page, filled(email=address))
        assert response.status_code == 503
        assert int(response["Retry-After"]) == 3600
        assert "dans une heure" in alert_of(response)
    assert not Delivery.objects.exists()
    RecentRequest.objects.update(asked_at=timezone.now() - timedelta(minutes=61))
    assert send(client, letter_page).status_code == 302


def test_a_thousand_naive_robots_get_no_message_sent(
    letter_page: LetterIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They fill every field, or do not wait, or know nothing of the form that was shown."""
    # What they are shown in answer is not what is counted here, and takes a minute to write.
    monkeypatch.setattr("newsletter.subscription_views.answer_with_page", said_to_robots)
    client = Client()
    version = ConsentText.current().version
    old, ancient = moment(), moment(8 * 24 * 3600)
    for rank in range(1000):
        habits = [
            {"nickname": "http://achetez.example", "moment": old},
            {"moment": moment(0)},
            {"moment": ""},
            {"moment": ancient},
        ]
        data = {"email": f"victime{rank}@x.example", "consent": "on", "version": version}
        network = f"198.51.{rank % 250}.7"
        send(client, letter_page, data | habits[rank % 4], REMOTE_ADDR=network)
    assert Delivery.objects.count() <= 5
    assert RecentRequest.objects.count() <= 5


def said_to_robots(request: Any, page: Any, status: int, **_: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse(status=status)


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
