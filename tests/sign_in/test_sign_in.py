"""How people who edit the portal come in, and how others stay out."""

import re

from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

import pytest

from portal.mail.queue import send_waiting
from portal.users.models import User
from tests.factories.users import PASSWORD, UserFactory, member_of

LOGIN = "/compte/login/"
WRONG = "Trop de tentatives"


@pytest.fixture(autouse=True)
def no_attempt_yet() -> None:
    cache.clear()


@pytest.fixture
def editor(db: None) -> User:
    return member_of("Rédaction")


def sign_in(client: Client, email: str, password: str, **extra: str) -> str:
    response = client.post(LOGIN, {"login": email, "password": password}, **extra)
    return response.content.decode() if response.status_code == 200 else response.url


def test_an_editor_comes_in_with_a_password_and_lands_in_the_editor(
    client: Client, editor: User
) -> None:
    assert sign_in(client, editor.email.upper(), PASSWORD) == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_an_editor_comes_in_with_a_code_received_by_mail(client: Client, editor: User) -> None:
    response = client.post("/compte/login/code/", {"email": editor.email})
    assert response.url == "/compte/login/code/confirm/"
    send_waiting()
    assert "Bonjour" in mail.outbox[0].body
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert code
    response = client.post("/compte/login/code/confirm/", {"code": code.group()})
    assert response.url == "/admin/"


def test_guessing_a_password_stops_at_the_sixth_attempt(client: Client, editor: User) -> None:
    for _attempt in range(5):
        assert WRONG not in sign_in(client, editor.email, "pas le bon")
    assert WRONG in sign_in(client, editor.email, "pas le bon")
    assert WRONG in sign_in(client, editor.email, PASSWORD)


def test_guessing_from_many_addresses_stops_too(client: Client, editor: User) -> None:
    for number in range(5):
        sign_in(client, editor.email, "non", REMOTE_ADDR=f"192.0.2.{number}")
    assert WRONG in sign_in(client, editor.email, "non", REMOTE_ADDR="192.0.2.200")


def test_who_is_attacked_can_still_come_in_with_a_code(client: Client, editor: User) -> None:
    for _attempt in range(6):
        sign_in(client, editor.email, "pas le bon")
    client.post("/compte/login/code/", {"email": editor.email})
    send_waiting()
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    response = client.post("/compte/login/code/confirm/", {"code": code.group()})
    assert response.url == "/admin/"


def test_one_person_s_mistakes_do_not_shut_out_the_others(client: Client, editor: User) -> None:
    other = UserFactory()
    for _attempt in range(6):
        sign_in(client, editor.email, "pas le bon")
    assert WRONG not in sign_in(client, other.email, PASSWORD)


def test_a_forged_address_does_not_give_more_attempts(client: Client, db: None) -> None:
    answers = [
        sign_in(client, f"a{number}@exemple.example", "x", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        for number in range(11)
    ]
    assert WRONG in answers[-1]


@override_settings(PORTAL_TRUSTED_PROXIES=1)
def test_behind_our_proxy_each_network_has_its_own_attempts(client: Client, db: None) -> None:
    def attempt(number: int, forwarded: str) -> str:
        return sign_in(client, f"b{number}@exemple.example", "x", HTTP_X_FORWARDED_FOR=forwarded)

    for number in range(11):
        last = attempt(number, f"203.0.113.{number}, 192.0.2.1")
    assert WRONG in last
    assert WRONG not in attempt(50, "198.51.100.2")


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(
    client: Client, editor: User
) -> None:
    known = client.post("/compte/login/code/", {"email": editor.email})
    stranger = Client().post("/compte/login/code/", {"email": "inconnue@exemple.example"})
    assert (known.status_code, known.url) == (stranger.status_code, stranger.url)
    reset = [
        Client().post("/compte/password/reset/", {"email": address})
        for address in (editor.email, "inconnue@exemple.example")
    ]
    assert reset[0].url == reset[1].url
    send_waiting()
    strange_mail = next(one for one in mail.outbox if one.to == ["inconnue@exemple.example"])
    assert "Aucun compte" in strange_mail.body
    assert "signup" not in strange_mail.body


def test_nobody_signs_up_alone(client: Client, db: None) -> None:
    page = client.get("/compte/signup/")
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    client.post("/compte/signup/", {"email": "a@exemple.example", "password1": PASSWORD})
    assert not User.objects.filter(email="a@exemple.example").exists()


@pytest.mark.parametrize(
    "target", ["//evil.fr", "\\\\evil.fr", "https://evil.fr/admin/", "/\\evil.fr", "javascript:1"]
)
def test_signing_in_never_leads_to_another_site(client: Client, editor: User, target: str) -> None:
    response = client.post(LOGIN, {"login": editor.email, "password": PASSWORD, "next": target})
    assert response.url == "/admin/"
    door = Client().get("/admin/login/", {"next": target})
    assert door.url.startswith("/compte/login/?next=")


def test_the_editor_is_reached_by_the_portal_s_door_only(client: Client, db: None) -> None:
    asked = client.get("/admin/pages/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/compte/login/?next=")
    assert "%2Fadmin%2Fpages%2F" in asked.redirect_chain[-1][0]


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/"])
def test_wagtail_s_own_doors_check_no_password(client: Client, editor: User, door: str) -> None:
    assert client.get(door).url.startswith("/compte/login/")
    answer = client.post(door, {"username": editor.username, "password": PASSWORD})
    assert answer.url.startswith("/compte/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address", ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/set-password/"]
)
def test_wagtail_s_own_password_reset_is_shut(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_account_without_rights_is_told_so_and_does_not_turn_in_circles(
    client: Client, db: None
) -> None:
    client.force_login(UserFactory())
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "n’ouvre pas l’éditeur" in answer.content.decode()


def test_the_editor_s_way_out_works(client: Client, editor: User) -> None:
    client.force_login(editor)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/compte/login/code/",
        "/compte/password/reset/",
        "/compte/password/reset/done/",
        "/compte/signup/",
        "/compte/inactive/",
    ],
)
def test_every_sign_in_page_is_in_our_frame_and_in_french(
    client: Client, db: None, address: str
) -> None:
    assert_ours(client.get(address).content.decode())


@pytest.mark.parametrize(
    "address",
    [
        "/compte/logout/",
        "/compte/reauthenticate/",
        "/compte/password/change/",
        "/compte/email/",
        "/compte/2fa/",
        "/compte/2fa/totp/activate/",
        "/compte/2fa/webauthn/",
        "/compte/2fa/webauthn/add/",
        "/compte/deuxieme-etape/",
    ],
)
def test_every_page_of_the_account_is_in_our_frame_and_in_french(
    client: Client, editor: User, address: str
) -> None:
    sign_in(client, editor.email, PASSWORD)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    answer = client.get(address)
    assert answer.status_code == 200
    assert_ours(answer.content.decode())


def assert_ours(page: str) -> None:
    assert "portal/css/main.css" in page
    assert page.count("<h1") == 1
    assert "3114" in page
    main = page.split("<main")[1].split("</main>")[0]
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", main, flags=re.DOTALL)
    english = {"the", "your", "you", "with", "please", "password", "sign"}
    assert not set(re.findall(r"[a-z]+", text)) & english
    wrapped = set(re.findall(r'<label class="checkbox"><input[^>]*\bid="([^"]+)"', main))
    for field in re.findall(r"<(?:input|textarea|select)[^>]*>", main):
        name = re.search(r'\bid="([^"]+)"', field)
        if name and 'type="hidden"' not in field:
            assert name.group(1) in wrapped or f'for="{name.group(1)}"' in main


def test_a_wrong_password_is_said_in_the_form(client: Client, editor: User) -> None:
    page = sign_in(client, editor.email, "pas le bon")
    assert 'role="alert"' in page
    assert editor.email in page


def test_a_second_step_is_asked_of_who_has_set_one(client: Client, editor: User) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(editor, generate_totp_secret())
    assert Authenticator.objects.filter(user=editor).exists()
    assert sign_in(client, editor.email, PASSWORD) == "/compte/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    assert_ours(client.get("/compte/2fa/authenticate/").content.decode())
