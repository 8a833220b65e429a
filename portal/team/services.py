"""Who writes on the portal: invitation, role, departure.

An account of the team has one of the roles below. Referents have none of them, and a list of their
own in the directory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from allauth.mfa.models import Authenticator

from portal.mail.layout import absolute
from portal.mail.queue import post
from portal.users.groups import role_group
from portal.users.models import RoleKey, User
from portal.users.personal_data import is_last_administrator

#: The roles of the team, each in one sentence.
ROLES: dict[RoleKey, str | Promise] = {
    RoleKey.REDACTION: gettext_lazy("Écrit et corrige. Quelqu’un relit avant que ça paraisse."),
    RoleKey.MODERATION: gettext_lazy(
        "Dit oui ou non à ce que les autres écrivent, et publie. Deuxième regard sur les numéros "
        "d’aide."
    ),
    RoleKey.COORDINATION: gettext_lazy(
        "Fait tout : publie, écrit la lettre, invite, règle le portail."
    ),
}
INVITE, CHANGE_ROLE, HAND_OVER = "team.invite", "team.role", "team.hand_over"


class TeamError(Exception):
    """What cannot be done; the text is a French sentence for who asked."""


def team_members() -> QuerySet[User]:
    """The open accounts that write: not the referents, who only have their entries."""
    has_factor = Authenticator.objects.filter(user=OuterRef("pk"))
    of_team = Q(is_superuser=True) | Q(groups__portal_role__key__in=list(ROLES))
    return (
        User.objects.filter(of_team, is_active=True)
        .annotate(has_second_factor=Exists(has_factor))
        .prefetch_related("groups__portal_role")
        .distinct()
        .order_by("last_name", "first_name", "email")
    )


def role_of(user: User) -> RoleKey | None:
    """The widest role of somebody; ``None`` for a superuser and for who has none."""
    keys = {group.portal_role.key for group in user.groups.all() if hasattr(group, "portal_role")}
    found = [key for key in ROLES if key in keys]
    return found[-1] if found else None


@transaction.atomic
def invite(email: str, role: RoleKey, by: User) -> User:
    """Open an account and write to its address; nobody chooses an identifier nor a password.

    :raises TeamError: the address has an account of the team already.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(username=str(uuid4()), email=email)
        user.set_unusable_password()
        user.save()
    elif user.is_active and team_members().filter(pk=user.pk).exists():
        raise TeamError(_("Cette adresse est déjà celle d’une personne de l’équipe."))
    elif user.is_superuser:
        raise TeamError(_("Ce compte d’administration est fermé : il se rouvre sur le serveur."))
    elif not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    _set_groups(user, role)
    send_invitation(user, by)
    return user


def send_invitation(user: User, by: User) -> None:
    """The message with the way in; sent again, it says the same."""
    role = role_of(User.objects.prefetch_related("groups__portal_role").get(pk=user.pk))
    post(
        user.email,
        "team_invitation",
        _("Votre accès au portail"),
        by=str(by),
        role=role.label if role else "",
        sentence=str(ROLES[role]) if role else "",
        link=absolute(reverse("editor_door")),
    )
    log(user, INVITE, title=_("Compte %(pk)s") % {"pk": user.pk}, user=by)


@transaction.atomic
def change_role(user: User, role: RoleKey, by: User) -> None:
    """:raises TeamError: nobody could invite any more."""
    if role != RoleKey.COORDINATION and is_last_administrator(user):
        raise TeamError(_("Vous êtes la seule personne qui peut inviter : donnez d’abord ce rôle."))
    _set_groups(user, role)
    log(user, CHANGE_ROLE, title=_("Compte %(pk)s") % {"pk": user.pk}, user=by)


def _set_groups(user: User, role: RoleKey) -> None:
    user.groups.remove(*Group.objects.filter(portal_role__key__in=list(ROLES)))
    user.groups.add(role_group(role))


@dataclass(frozen=True)
class Holding:
    """What a person keeps: how many said in words, those things, and the field of its keeper."""

    words: Callable[[int], str]
    find: Callable[[User], QuerySet]
    field: str


_holdings: list[Holding] = [
    Holding(
        lambda n: ngettext("%(n)d page", "%(n)d pages", n) % {"n": n},
        lambda user: Page.objects.filter(owner=user),
        "owner",
    ),
    Holding(
        lambda n: ngettext("%(n)d image", "%(n)d images", n) % {"n": n},
        lambda user: get_image_model().objects.filter(uploaded_by_user=user),
        "uploaded_by_user",
    ),
    Holding(
        lambda n: ngettext("%(n)d document", "%(n)d documents", n) % {"n": n},
        lambda user: get_document_model().objects.filter(uploaded_by_user=user),
        "uploaded_by_user",
    ),
]


def register_holding(holding: Holding) -> None:
    """Tell of something that a leaving person hands over."""
    _holdings.append(holding)


def holdings_of(user: User) -> list[str]:
    """« 14 pages », « 2 images »: what somebody keeps, without what they keep none of."""
    counted = [(one, one.find(user).count()) for one in _holdings]
    return [one.words(number) for one, number in counted if number]


@transaction.atomic
def hand_over(user: User, to: User, by: User) -> None:
    """Give all that ``user`` keeps to ``to``, lift their locks and close their account.

    What they wrote stays signed in the history.

    :raises TeamError: nobody could invite any more, or both are the same person.
    """
    if user == to:
        raise TeamError(_("Choisissez une autre personne."))
    if is_last_administrator(user) and role_of(to) != RoleKey.COORDINATION:
        raise TeamError(
            _("Il faut quelqu’un pour inviter : donnez d’abord le rôle Coordination à %(name)s.")
            % {"name": to}
        )
    for one in _holdings:
        one.find(user).update(**{one.field: to})
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    user.groups.remove(*Group.objects.filter(portal_role__key__in=list(ROLES)))
    if not user.groups.exists():  # else they stay referent of a structure
        user.is_active = False
        user.save(update_fields=["is_active"])
        _end_sessions(user)
    log(user, HAND_OVER, title=_("Compte %(pk)s") % {"pk": user.pk}, user=by)


def _end_sessions(user: User) -> None:
    held = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    ended = [one.pk for one in held if one.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()
