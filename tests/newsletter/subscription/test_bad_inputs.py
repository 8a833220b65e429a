"""Whatever is sent instead of the form, one reads what is wrong and nobody is written to."""

from django.test import Client

import pytest

from newsletter.models import Delivery, Subscriber
from newsletter.subscription.models import LetterIndexPage
from portal.geo.models import Territory
from tests.factories.letter import topic
from tests.newsletter.subscription.asking import CAMILLE, alert_of, filled, moment, send, soup_of

State = Subscriber.State


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
