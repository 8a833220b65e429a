"""Who guesses is stopped, whatever the addresses; whose account it is comes in."""

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory

import pytest

from portal.mail.models import OutgoingMessage
from portal.sign_in.limits import is_first_use, password_attempt
from portal.users.models import User
from tests.clock import Clock
from tests.factories.users import PASSWORD, UserFactory, member_of

pytestmark = pytest.mark.django_db

LOGIN, CODE, RESET = "/compte/login/", "/compte/login/code/", "/compte/password/reset/"
REFUSED = "Trop de tentatives"


@pytest.fixture
def editor() -> User:
    return member_of("Rédaction")


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def is_refused(answer: Any) -> bool:
    return answer.status_code == 200 and REFUSED in answer.content.decode()


def attack(user: User, times: int = 8) -> int:
    """Guess from as many networks; how many guesses were looked at."""
    answers = [
        sign_in(Client(), user, "pas le bon", REMOTE_ADDR=f"198.51.{number}.7")
        for number in range(times)
    ]
    return sum(not is_refused(answer) for answer in answers)


def test_many_addresses_get_no_more_guesses_than_one(editor: User, noon: Clock) -> None:
    assert attack(editor, 40) == 5
    assert is_refused(sign_in(Client(), editor, REMOTE_ADDR="203.0.113.1"))


def test_no_quarter_of_an_hour_holds_more_than_ten_guesses_even_at_midnight(
    rf: RequestFactory, editor: User, noon: Clock
) -> None:
    guesses = []
    noon.wait(seconds=11.5 * 3600)
    for minute in range(60):
        request = rf.post("/", REMOTE_ADDR=f"198.51.{minute}.7")
        guesses += [noon() for _ in range(6) if password_attempt(request, editor.email)]
        noon.wait(seconds=60)
    quarter = timedelta(minutes=15)
    busiest = max(sum(start <= one < start + quarter for one in guesses) for start in guesses)
    assert 5 <= busiest <= 10


@pytest.mark.parametrize("known_by", ["device", "network"])
def test_the_owner_of_an_attacked_account_comes_in_from_a_place_they_know(
    editor: User, noon: Clock, known_by: str
) -> None:
    owner = Client()
    assert sign_in(owner, editor, REMOTE_ADDR="192.0.2.1").status_code == 302
    owner.post("/compte/logout/")
    attack(editor)
    if known_by == "device":
        assert sign_in(owner, editor, REMOTE_ADDR="203.0.113.9").status_code == 302
    else:
        assert sign_in(Client(), editor, REMOTE_ADDR="192.0.2.200").status_code == 302
    # Somebody else's place is not known for this account.
    other = UserFactory()
    sign_in(Client(), other, REMOTE_ADDR="203.0.114.77")
    assert is_refused(sign_in(Client(), editor, REMOTE_ADDR="203.0.114.77"))


def test_a_known_place_gets_five_guesses_too(editor: User, noon: Clock) -> None:
    thief = Client()
    sign_in(thief, editor)
    thief.post("/compte/logout/")
    answers = [sign_in(thief, editor, "pas le bon") for _ in range(6)]
    assert [is_refused(one) for one in answers] == [False] * 5 + [True]


def test_a_forged_device_is_not_known(editor: User, noon: Clock) -> None:
    attack(editor)
    forger = Client()
    forger.cookies["known_device"] = f'["{editor.uuid}"]:forged:signature'
    assert is_refused(sign_in(forger, editor))


def test_the_device_s_cookie_goes_to_the_account_s_pages_only(client: Client, editor: User) -> None:
    cookie = sign_in(client, editor).cookies["known_device"]
    assert cookie["path"] == "/compte/"
    assert cookie["httponly"]
    assert editor.email not in cookie.value


def test_a_right_password_uses_up_nothing(editor: User, noon: Clock) -> None:
    for _ in range(12):
        assert sign_in(Client(), editor).status_code == 302


def test_the_password_asked_again_counts_as_a_guess_of_the_same_account(
    client: Client, editor: User, noon: Clock
) -> None:
    sign_in(client, editor)
    for _ in range(5):
        client.post("/compte/reauthenticate/", {"password": "pas le bon"})
    assert "_auth_user_id" in client.session
    assert is_refused(sign_in(Client(), editor))


def test_a_session_does_not_guess_its_old_password_for_ever(
    client: Client, editor: User, noon: Clock
) -> None:
    sign_in(client, editor)
    form = {"oldpassword": "pas le bon", "password1": "x" * 20, "password2": "x" * 20}
    codes = [client.post("/compte/password/change/", form).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_forms_of_the_account_are_counted_by_network_and_refused_in_french(
    client: Client, noon: Clock
) -> None:
    codes = []
    for number in range(62):
        answer = client.post(CODE, {"email": f"nul{number}@exemple.example"})
        codes.append(answer.status_code)
    assert codes == [302] * 60 + [429] * 2
    assert "Trop d’essais" in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"
    elsewhere = client.post(CODE, {"email": "a@exemple.example"}, REMOTE_ADDR="192.0.2.1")
    assert elsewhere.status_code == 302


# Messages.


def messages_to(email: str) -> int:
    return OutgoingMessage.objects.filter(address=email).count()


def known_device(owner: Client) -> Client:
    """A session that begins, on a device where somebody has signed in before."""
    client = Client()
    client.cookies["known_device"] = owner.cookies["known_device"].value
    return client


def test_strangers_have_few_messages_sent_and_leave_some_to_the_owner(
    editor: User, noon: Clock
) -> None:
    owner = Client()
    sign_in(owner, editor, REMOTE_ADDR="192.0.2.1")
    owner.post("/compte/logout/")
    for number in range(20):
        door = (CODE, RESET)[number % 2]
        Client().post(door, {"email": editor.email}, REMOTE_ADDR=f"198.51.{number}.7")
    assert messages_to(editor.email) == 2
    for _ in range(4):
        known_device(owner).post(CODE, {"email": editor.email})
    assert messages_to(editor.email) == 3
    last = OutgoingMessage.objects.last()
    assert last.kind == "account/login_code"
    assert re.search(r"^[A-Z0-9-]{6,}$", last.text, re.MULTILINE)


def test_at_most_three_messages_an_hour_and_ten_a_day(editor: User, noon: Clock) -> None:
    owner = Client()
    sign_in(owner, editor)
    owner.post("/compte/logout/")
    by_hour = []
    for _hour in range(6):
        before = messages_to(editor.email)
        for _ in range(5):
            known_device(owner).post(CODE, {"email": editor.email})
        by_hour.append(messages_to(editor.email) - before)
        noon.wait(seconds=3600)
    assert by_hour == [3, 3, 3, 1, 0, 0]
    noon.wait(days=1)
    known_device(owner).post(CODE, {"email": editor.email})
    assert messages_to(editor.email) == 11


def test_an_address_without_an_account_is_written_to_once_a_day(noon: Clock) -> None:
    stranger = "Inconnue@exemple.example"
    for door in (CODE, RESET, CODE):
        Client().post(door, {"email": stranger})
        Client().post(door, {"email": stranger.lower()})
    assert OutgoingMessage.objects.count() == 1
    noon.wait(days=1)
    Client().post(RESET, {"email": stranger})
    assert OutgoingMessage.objects.count() == 2


def page_of(email: str, door: str) -> tuple[int, str, str]:
    client = Client()
    answer = client.post(door, {"email": email})
    text = client.get(answer.url).content.decode().replace(email, "")
    return answer.status_code, answer.url, re.sub(r'value="[^"]*"|nonce-[^"]*', "", text)


@pytest.mark.parametrize("door", [CODE, RESET])
def test_beyond_the_limits_nobody_learns_whether_an_account_exists(
    editor: User, noon: Clock, door: str
) -> None:
    for _ in range(4):
        known, unknown = page_of(editor.email, door), page_of("nul@exemple.example", door)
        assert known == unknown


def test_a_wrong_password_costs_the_same_for_an_account_that_does_not_exist(
    editor: User, noon: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes time is the hash; the mail server is never waited for."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def noted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    sign_in(Client(), editor, "pas le bon")
    Client().post(LOGIN, {"login": "nul@exemple.example", "password": "pas le bon"})
    assert hashed == ["pas le bon"] * 2


def test_wrong_passwords_of_an_unknown_address_are_counted_as_well(noon: Clock) -> None:
    nobody = UserFactory.build(email="nul@exemple.example")
    assert attack(nobody) == 5


def test_a_code_of_an_application_is_good_once(editor: User, noon: Clock) -> None:
    assert [is_first_use(editor, "123456") for _ in range(3)] == [True, False, False]
    assert is_first_use(editor, "654321")
    assert is_first_use(UserFactory(), "123456")


def test_an_attempt_that_was_right_is_given_back(
    rf: RequestFactory, editor: User, noon: Clock
) -> None:
    request = rf.post("/")
    rights = [password_attempt(request, editor.email) for _ in range(5)]
    assert password_attempt(request, editor.email) is None
    rights[0]()
    assert password_attempt(request, editor.email)
    assert password_attempt(request, editor.email) is None
