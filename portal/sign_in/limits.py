"""How often somebody may try to sign in, or have a message sent to somebody else.

The numbers are in ``settings.RATE_LIMITS``, the counts in the database: allauth's own limits, in a
cache that forgets and that processes read at the same time, are off.
"""

from collections.abc import Callable

from django.http import HttpRequest

from allauth.account.utils import filter_users_by_email

from portal.api.throttling import Subject, consume, consume_all, give_back
from portal.mail.addresses import hash_of
from portal.sign_in.known_places import is_known_place
from portal.users.models import User


def user_of(login: str) -> User | None:
    """The account that this e-mail address, one of several maybe, or user name signs in to."""
    users = filter_users_by_email(login) or User.objects.filter(username=login)[:1]
    return next(iter(users), None)


def password_attempt(request: HttpRequest, login: str) -> Callable[[], None] | None:
    """Count one password typed for an account, whatever the addresses it comes from.

    None when it must not even be looked at; else what to call when it was the right one.
    """
    user = user_of(login)
    limit = "wrong_passwords_at_known_place"
    if not is_known_place(request, user):
        limit = "wrong_passwords"
    return _attempt(
        (limit, _subject(user, login)),
        ("wrong_passwords_of_network", request),
    )


def code_attempt(request: HttpRequest, user: User) -> Callable[[], None] | None:
    """Count one code of the second step typed for an account; as ``password_attempt``."""
    limit = "wrong_codes_at_known_place" if is_known_place(request, user) else "wrong_codes"
    return _attempt((limit, str(user.pk)))


def is_first_use(user: User, code: str) -> bool:
    """Whether this code of an application was not used before: it is true for a minute."""
    return consume("codes_of_application", f"{user.pk}:{code}") == 0


def may_write(request: HttpRequest, email: str) -> bool:
    """Count one message of sign-in to this address; False when no more may leave for now.

    Anybody may have typed it. Strangers do not use up what an account's owner needs, who asks
    from a known place; an address without an account is written to once a day.
    """
    user = user_of(email)
    key = _subject(user, email)
    is_known = is_known_place(request, user)
    if user is None:
        return not consume("messages_to_unknown_address", key)
    of_all = (("sign_in_messages_an_hour", key), ("sign_in_messages_a_day", key))
    if is_known:
        return not consume_all(*of_all)
    of_strangers = (("strangers_messages_an_hour", key), ("strangers_messages_a_day", key))
    return not consume_all(*of_strangers, *of_all)


def _subject(user: User | None, login: str) -> str:
    return f"user:{user.pk}" if user else f"login:{hash_of(login.strip().casefold())}"


def _attempt(*uses: tuple[str, Subject]) -> Callable[[], None] | None:
    if consume_all(*uses):
        return None

    def was_right() -> None:
        for name, subject in uses:
            give_back(name, subject)

    return was_right
