"""A password alone opens nothing of the editor; who has lost their phone comes back in."""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from portal.mail.models import OutgoingMessage
from portal.users.models import User
from tests.factories.users import PASSWORD, UserFactory, member_of

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_800_000_000
STEP_PAGE = "/compte/deuxieme-etape/"


@pytest.fixture(autouse=True)
def _required(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: NOW))


@pytest.fixture
def editor() -> User:
    return member_of("Coordination")


def code(steps: int = 0, secret: str = SECRET) -> str:
    """What a phone shows whose clock is so many half-minutes away."""
    return totp.format_hotp_value(totp.hotp_value(secret, NOW // 30 + steps))


def with_application(user: User) -> User:
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def type_password(client: Client, user: User) -> str:
    return client.post("/compte/login/", {"login": user.email, "password": PASSWORD}).url


def type_code(client: Client, typed: str) -> Any:
    return client.post("/compte/2fa/authenticate/", {"code": typed})


def come_in(client: Client, user: User) -> None:
    assert type_password(client, user) == "/compte/2fa/authenticate/"
    assert type_code(client, code()).status_code == 302


def editor_addresses() -> Iterator[str]:
    """An address for each pattern below /admin/, with « 1 » in every place."""

    def walk(patterns: list[Any], before: str) -> Iterator[str]:
        for one in patterns:
            text = re.sub(r"<[^>]+>", "1", str(one.pattern).lstrip("^").rstrip("$"))
            text = re.sub(r"\(\?P1[^)]*\)|\([^)]*\)", "1", text).replace("\\", "")
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, before + text)
            elif isinstance(one, URLPattern):
                yield before + text

    yield from (one for one in walk(get_resolver().url_patterns, "/") if one.startswith("/admin/"))


def exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def test_a_password_alone_opens_no_address_of_the_editor(client: Client, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_superuser=True)
    type_password(client, editor)
    addresses = [one for one in editor_addresses() if exists(one) and one != "/admin/logout/"]
    assert len(addresses) > 300
    opened = []
    for number, address in enumerate(addresses):
        answer = client.post(address) if number % 4 == 0 else client.get(address)
        if answer.status_code != 302 or not answer.url.startswith(STEP_PAGE):
            opened.append((address, answer.status_code))
    assert opened == []
    assert client.get(addresses[0]).wsgi_request.user == editor


def test_elsewhere_a_session_without_its_second_factor_is_a_reader_s(
    client: Client, editor: User
) -> None:
    type_password(client, editor)
    for address in ("/recherche/", "/mes-fiches/", "/"):
        answer = client.get(address)
        user = getattr(answer.wsgi_request, "user", None)
        assert not user.is_authenticated
        assert "Donnez" not in answer.content.decode()


def test_what_asks_to_sign_in_leads_to_the_second_step(client: Client, editor: User) -> None:
    type_password(client, editor)
    address = reverse("resources:my_entries")
    assert client.get(address).url == f"{STEP_PAGE}?next=%2F{address.strip('/')}%2F"


def test_setting_up_an_application_is_four_plain_forms(client: Client, editor: User) -> None:
    type_password(client, editor)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain == [(f"{STEP_PAGE}?next=%2Fadmin%2F", 302)]
    assert "3114" in page.content.decode()
    assert 'href="/compte/2fa/totp/activate/"' in page.content.decode()
    asked = client.get("/compte/2fa/totp/activate/")
    client.post(asked.url, {"password": PASSWORD})
    form = client.get("/compte/2fa/totp/activate/")
    secret = form.context["form"].secret
    wrong = client.post("/compte/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/admin/").status_code == 302
    done = client.post("/compte/2fa/totp/activate/", {"code": code(secret=secret)}, follow=True)
    assert done.request["PATH_INFO"] == "/compte/2fa/recovery-codes/"
    assert Authenticator.objects.filter(user=editor, type="recovery_codes").exists()


def test_after_setting_it_up_the_editor_opens(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The transaction of the test is never committed: what waits for it is done at once.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda work, **_: work())
    type_password(client, editor)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/compte/2fa/totp/activate/").context["form"].secret
    client.post("/compte/2fa/totp/activate/", {"code": code(secret=secret)})
    assert client.get("/admin/").status_code == 200


def test_signing_in_asks_for_the_code_and_opens_the_editor(client: Client, editor: User) -> None:
    come_in(client, with_application(editor))
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        (code(0), True),
        (f" {code(0)[:3]} {code(0)[3:]} ", True),
        (code(-1), True),
        (code(1), True),
        (code(-3), False),
        (code(20), False),
        ("000000", False),
        ("", False),
        ("١٢٣٤٥٦", False),
        ("x" * 5000, False),
        ("\x00", False),
    ],
)
def test_a_code_is_good_for_the_minute_around_it(
    client: Client, editor: User, typed: str, opens: bool
) -> None:
    with_application(editor)
    type_password(client, editor)
    assert (type_code(client, typed).status_code == 302) is opens
    assert (client.get("/admin/").status_code == 200) is opens


def test_a_code_is_not_good_twice_even_when_the_cache_forgets(editor: User) -> None:
    from django.core.cache import cache

    with_application(editor)
    come_in(Client(), editor)
    cache.clear()
    thief = Client()
    type_password(thief, editor)
    assert type_code(thief, code()).status_code == 200
    assert thief.get("/admin/").status_code == 302


def test_codes_are_not_guessed_for_ever(editor: User) -> None:
    with_application(editor)
    answers = []
    for _ in range(7):
        thief = Client()
        thief.post(
            "/compte/login/",
            {"login": editor.email, "password": PASSWORD},
            REMOTE_ADDR="198.51.100.1",
        )
        answers.append(
            thief.post(
                "/compte/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR="198.51.100.1"
            ).content.decode()
        )
    assert ["Trop de tentatives" in one for one in answers] == [False] * 5 + [True] * 2


def test_a_recovery_code_replaces_the_lost_phone_once(editor: User) -> None:
    with_application(editor)
    recovery = Authenticator.objects.get(user=editor, type="recovery_codes").wrap()
    first = recovery.generate_codes()[0]
    owner, again = Client(), Client()
    type_password(owner, editor)
    assert type_code(owner, first).status_code == 302
    assert owner.get("/admin/").status_code == 200
    type_password(again, editor)
    assert type_code(again, first).status_code == 200
    assert again.get("/admin/").status_code == 302


def test_the_only_factor_is_not_given_up(client: Client, editor: User) -> None:
    come_in(client, with_application(editor))
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=editor, type="totp").exists()


def test_a_session_from_before_is_asked_for_the_factor(client: Client, editor: User) -> None:
    client.force_login(editor)
    with_application(editor)
    page = client.get("/admin/", follow=True).content.decode()
    assert "/compte/2fa/reauthenticate/?next=%2Fadmin%2F" in page
    answer = client.post("/compte/2fa/reauthenticate/?next=%2Fadmin%2F", {"code": code()})
    assert client.get("/admin/").status_code == 200
    assert answer.status_code == 302


def test_somebody_else_s_factor_proves_nothing(client: Client, editor: User) -> None:
    come_in(client, with_application(editor))
    other = member_of("Coordination")
    client.force_login(other)
    assert client.get("/admin/").url.startswith(STEP_PAGE)


def test_who_does_not_open_the_editor_is_not_asked(client: Client) -> None:
    referent = UserFactory()
    type_password(client, referent)
    assert client.get("/admin/").status_code != 200
    assert client.get(reverse("resources:my_entries")).wsgi_request.user == referent


def test_where_it_is_not_required_a_password_is_enough(
    client: Client, editor: User, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert type_password(client, editor) == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["base", "production"])
def test_only_the_loopback_asks_for_none(name: str) -> None:
    from importlib import import_module

    assert import_module(f"portal.settings.{name}").SECOND_FACTOR_REQUIRED


# Recovery by somebody else.


def recovery_of(user: User) -> str:
    return reverse("remove_second_factor", args=[user.pk])


def test_another_coordinator_removes_a_lost_factor(client: Client, editor: User) -> None:
    lost = with_application(member_of("Rédaction"))
    session = Client()
    come_in(session, lost)
    come_in(client, with_application(editor))
    assert recovery_of(lost) in client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "de vive voix" in client.get(recovery_of(lost)).content.decode()
    client.post(recovery_of(lost))
    assert not Authenticator.objects.filter(user=lost).exists()
    assert session.get("/admin/").url.startswith(STEP_PAGE)
    message = OutgoingMessage.objects.get(kind="account/second_factor_removed")
    assert message.address == lost.email
    assert str(editor) in message.text
    again = Client()
    type_password(again, lost)
    assert "/compte/2fa/totp/activate/" in again.get("/admin/", follow=True).content.decode()


@pytest.mark.parametrize("who", ["oneself", "administrator", "editor"])
def test_recovery_is_refused_to_who_may_not(client: Client, editor: User, who: str) -> None:
    target = with_application(member_of("Rédaction"))
    if who == "administrator":
        User.objects.filter(pk=target.pk).update(is_superuser=True)
    asks = {"oneself": target, "editor": with_application(member_of("Rédaction"))}.get(who)
    come_in(client, asks or with_application(editor))
    client.post(recovery_of(target))
    assert Authenticator.objects.filter(user=target, type="totp").exists()


def test_the_server_removes_the_factor_of_the_last_coordinator(editor: User, capsys: Any) -> None:
    with_application(editor)
    call_command("remove_second_factor", editor.email.upper())
    assert not Authenticator.objects.filter(user=editor).exists()
    call_command("remove_second_factor", editor.email)
    assert "rien n’a changé" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("remove_second_factor", "nul@exemple.example")


def _deactivate(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _change_the_password(user: User) -> None:
    user.set_password("une autre phrase assez longue")
    user.save()


def _set_up_the_application_anew(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    with_application(user)


def _take_the_role_away(user: User) -> None:
    user.groups.clear()


@pytest.mark.parametrize(
    "change", [_deactivate, _change_the_password, _set_up_the_application_anew, _take_the_role_away]
)
def test_an_open_session_ends_at_its_next_request(
    client: Client, editor: User, change: Callable[[User], None]
) -> None:
    come_in(client, with_application(editor))
    assert client.get("/admin/").status_code == 200
    change(User.objects.get(pk=editor.pk))
    assert client.get("/admin/").status_code != 200
