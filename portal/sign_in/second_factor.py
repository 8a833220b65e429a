"""Who must prove with a second factor that it is them, and whether they have."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest

from allauth.mfa.models import Authenticator

from portal.users.models import User

#: A passkey or an application: recovery codes stand in for one of them.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_SESSION_KEY = "second_factor"


def needs_second_factor(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this account opens the editor: there one publishes, exports or sees subscribers.

    All of its screens, and all who enter: reports that anybody can export are among them, and a
    group that a department adds cannot be forgotten.
    """
    return settings.SECOND_FACTOR_REQUIRED and user.has_perm("wagtailadmin.access_admin")


class AccountCounts(NamedTuple):
    """Active accounts: those that open the editor, have a second factor, and may do anything."""

    editors: int
    protected: int
    superusers: int


def count_accounts() -> AccountCounts:
    editors = User.objects.with_perm(
        "wagtailadmin.access_admin", backend="django.contrib.auth.backends.ModelBackend"
    )
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    return AccountCounts(
        **editors.aggregate(
            editors=Count("pk"),
            protected=Count("pk", filter=Exists(factors)),
            superusers=Count("pk", filter=Q(is_superuser=True)),
        )
    )


def is_only_factor(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    return authenticator.type in FACTORS and not others.exclude(pk=authenticator.pk).exists()


def has_given_second_factor(request: HttpRequest) -> bool:
    """Whether this session was proven with a second factor that the account still has.

    Removing a factor shuts the sessions that it had opened.
    """
    factor = request.session.get(_SESSION_KEY)
    return Authenticator.objects.filter(pk=factor, user_id=request.user.pk).exists()


def record_second_factor(request: HttpRequest, authenticator: Authenticator, **signal: Any) -> None:
    """Receiver: somebody has just used, or set up, this second factor."""
    request.session[_SESSION_KEY] = authenticator.pk
