"""Where somebody has signed in before: their devices and their networks.

Anybody can use up the attempts and the messages of an account whose address they know. A part of
them is kept for requests from a known place, so that its owner still gets in.

A device carries a signed cookie, which only the sign-in pages receive. A network is a window of
the table of limits: a keyed hash that is forgotten after ninety days.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portal.api.throttling import consume, window_of
from portal.base.client import address_key
from portal.users.models import User

MAX_AGE = 90 * 24 * 3600  # seconds
#: People who share a device; the last to come push the first out.
MOST_PEOPLE = 5
_SALT = "portal.sign_in.known_places"


def is_known_place(request: HttpRequest, user: User | None) -> bool:
    """Whether this account was signed in to from this device, or from this network, lately.

    As slow for an account that does not exist (None) as for one that does.
    """
    key = str(user.uuid) if user else ""
    is_known_network = window_of("known_networks", _network(request, key)) is not None
    return bool(key) and (key in _people(request) or is_known_network)


def remember_place(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note that this account has just been signed in to from here."""
    key = str(user.uuid)
    people = [one for one in _people(request) if one != key]
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps([*people, key][-MOST_PEOPLE:], salt=_SALT),
        max_age=MAX_AGE,
        path="/compte/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    consume("known_networks", _network(request, key))


def _people(request: HttpRequest) -> list[str]:
    cookie = request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, "")
    try:
        return signing.loads(cookie, salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return []


def _network(request: HttpRequest, key: str) -> str:
    return f"{key}|{address_key(request)}"
