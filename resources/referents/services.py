"""Life of a referent: invitation, acceptance, changes, departure, erasure.

Each function writes in one transaction, messages included (they leave by the queue).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from portal.reminders.choices import RequestState
from portal.reminders.requests import new_key
from portal.users.groups import role_group
from portal.users.models import RoleKey, User
from resources.editor_choices import ReferentState
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.moderation.bypass import update_without_review
from resources.referents import notifications

VALID_FOR = timedelta(days=30)


class InvitationError(Exception):
    """Somebody cannot be invited; the text is a French sentence for the coordinator."""


class InvitationState(Enum):
    """What the link of an invitation opens."""

    WAITING = "waiting"
    ALREADY = "already"
    TOO_OLD = "too old"
    #: Never written by us, replaced by a newer one, or refused since: one answer for all.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReferentChoices:
    """What a referent lets readers see, and what the structure agrees to."""

    role: str = ""
    shows_role: bool = False
    public_email: str = ""
    shows_public_email: bool = False
    agrees_to_call: bool = False


@transaction.atomic
def send_invitation(referent: Referent, user: User | None = None) -> None:
    """Send a link that is good once, for thirty days; the one sent before is good no more."""
    entries = get_entries(referent)
    if referent.is_active:
        raise InvitationError(_("Cette personne est déjà référente."))
    if not entries:
        raise InvitationError(_("Choisissez d’abord au moins une fiche."))
    if _has_closed_rights(_account(referent.email)):
        raise InvitationError(
            _("Un compte désactivé, qui avait d’autres droits, a cette adresse. Rouvrez-le.")
        )
    referent.state, referent.left_at = ReferentState.INVITED, None
    _renew_key(referent)
    notifications.send_invitation(referent, entries, _last_day(referent))
    log_action(referent, "resources.invite", user)


def ask_still_there(referent: Referent) -> None:
    """« Toujours là ? »: the same page as an invitation; they stay referent meanwhile."""
    _renew_key(referent)
    notifications.send_still_there(referent, get_entries(referent), _last_day(referent))


def _renew_key(referent: Referent) -> None:
    referent.key, referent.invited_at = new_key(), timezone.now()
    referent.save(update_fields=["key", "invited_at", "state", "left_at"])


def _last_day(referent: Referent) -> datetime:
    return timezone.localtime((referent.invited_at or timezone.now()) + VALID_FOR)


def get_invitation(key: str) -> tuple[InvitationState, Referent | None]:
    """What a link is good for, and whose it is; nothing changes."""
    referent = Referent.objects.filter(key=key).first()
    return _invitation_state(referent), referent


def _invitation_state(referent: Referent | None) -> InvitationState:
    if referent is None or referent.invited_at is None or referent.state == ReferentState.LEFT:
        return InvitationState.UNKNOWN
    has_accepted = referent.accepted_at and referent.accepted_at >= referent.invited_at
    if referent.is_active and has_accepted:
        return InvitationState.ALREADY
    if timezone.now() > referent.invited_at + VALID_FOR:
        return InvitationState.TOO_OLD
    return InvitationState.WAITING


@transaction.atomic
def accept_invitation(key: str, choices: ReferentChoices) -> InvitationState:
    """Make them the referent, with an account; of two clicks at once, one does it."""
    referent = Referent.objects.select_for_update().filter(key=key).first()
    answer = _invitation_state(referent)
    if referent is None or answer is not InvitationState.WAITING:
        return answer
    referent.user = _open_account(referent.email)
    referent.state, referent.accepted_at = ReferentState.ACTIVE, timezone.now()
    save_choices(referent, choices)
    for entry in get_entries(referent):
        update_all_languages(entry, seeks_referent=False)
    log_action(referent, "resources.accept", referent.user)
    return InvitationState.ALREADY


@transaction.atomic
def save_choices(referent: Referent, choices: ReferentChoices) -> None:
    """What the public page shows of them, and what their structures agree to."""
    referent.role, referent.shows_role = choices.role, choices.shows_role
    referent.public_email = choices.public_email
    referent.shows_public_email = choices.shows_public_email
    referent.save()
    for entry in get_entries(referent):
        update_all_languages(entry, agrees_to_call=choices.agrees_to_call)


@transaction.atomic
def refuse_invitation(key: str) -> InvitationState:
    """« Je ne suis pas la bonne personne »: the coordinator is told, nothing of them is kept."""
    referent = Referent.objects.select_for_update().filter(key=key).first()
    answer = _invitation_state(referent)
    if referent is None or answer is not InvitationState.WAITING:
        return answer
    notifications.notify_refusal(referent, get_entries(referent))
    delete_referent(referent)
    return InvitationState.UNKNOWN


@transaction.atomic
def end_referent(referent: Referent, user: User | None = None) -> None:
    """« Est parti »: no right any more, at once; the entries say that they seek somebody."""
    if referent.state == ReferentState.LEFT:
        return
    referent.state, referent.left_at, referent.key = ReferentState.LEFT, timezone.now(), new_key()
    referent.save(update_fields=["state", "left_at", "key"])
    _cancel_requests(referent)
    if referent.accepted_at:  # who never came leaves no place empty
        for entry in get_entries(referent):
            _mark_if_vacant(entry)
    close_account(referent.user)
    log_action(referent, "resources.leave", user)


@transaction.atomic
def leave_entry(referent: Referent, entry: ResourcePage, successor: str = "") -> None:
    """« Je pars », said by themselves about one structure; the coordinator is told."""
    notifications.notify_departure(referent, [entry], successor)
    if referent.entries.count() <= 1:
        end_referent(referent, referent.user)
        return
    referent.entries.remove(entry)
    _cancel_requests(referent, entry)
    _mark_if_vacant(entry)


@transaction.atomic
def delete_referent(referent: Referent) -> None:
    """Nothing is kept: neither the row, nor an account that was made for it alone."""
    end_referent(referent)
    user = referent.user
    referent.delete()
    if user is not None and _is_unused(user):
        user.delete()


@transaction.atomic
def update_referent(referent: Referent, before: list[ResourcePage], old_email: str) -> None:
    """What follows when the coordinator has changed the entries or the address of somebody.

    Another address may be another person: they are invited before they open anything.
    """
    if not referent.is_active:
        return
    if referent.email.casefold() != old_email.casefold():
        user, referent.user = referent.user, None
        referent.state, referent.key = ReferentState.INVITED, new_key()
        referent.invited_at = referent.accepted_at = None
        referent.save()
        close_account(user)
    if referent.is_active:
        for entry in get_entries(referent):
            update_all_languages(entry, seeks_referent=False)
    for entry in before:
        _mark_if_vacant(entry)


def suspend_silent_referent(referent: Referent) -> None:
    """No answer to « toujours là ? »: invited again, in a way, until the coordinator calls."""
    Referent.objects.filter(pk=referent.pk).update(state=ReferentState.INVITED)
    notifications.notify_silence(referent, get_entries(referent))


def _mark_if_vacant(entry: ResourcePage) -> None:
    if not Referent.objects.of(entry).exists():
        update_all_languages(entry, seeks_referent=True)


def update_all_languages(entry: ResourcePage, **facts: bool) -> None:
    """Facts that hold in every language, unless all of them hold already."""
    versions = ResourcePage.objects.filter(translation_key=entry.translation_key)
    if versions.exclude(**facts).exists():
        update_without_review(versions, **facts)


def _cancel_requests(referent: Referent, entry: ResourcePage | None = None) -> None:
    """The links that were sent to somebody who leaves open nothing any more."""
    asked = VerificationRequest.objects.filter(referent=referent)
    if entry is not None:
        asked = asked.filter(entry=entry)
    asked.end(RequestState.CANCELLED)


def get_entries(referent: Referent) -> list[ResourcePage]:
    return list(referent.entries.order_by("title"))


def _account(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def _open_account(email: str) -> User:
    """The account of this address, made when there is none: signed in to with a code."""
    user = _account(email)
    if user is None:
        user = User(username=str(uuid4()), email=email)
        user.set_unusable_password()
        user.save()
    elif not user.is_active and not _has_closed_rights(user):
        user.is_active = True
        user.save(update_fields=["is_active"])
    user.groups.add(role_group(RoleKey.REFERENTS))
    return user


def _has_closed_rights(user: User | None) -> bool:
    """Whether opening this account again would give more than « Mes fiches »."""
    return user is not None and not user.is_active and not _is_referent_only(user)


def _is_referent_only(user: User) -> bool:
    has_more = user.is_superuser or user.user_permissions.exists()
    return not has_more and not user.groups.exclude(portal_role__key=RoleKey.REFERENTS).exists()


def close_account(user: User | None) -> None:
    """Take away what being a referent gave; an account with nothing else is closed at once."""
    if user is None or Referent.objects.active().filter(user=user).exists():
        return
    user.groups.remove(role_group(RoleKey.REFERENTS))
    if _is_referent_only(user):
        user.is_active = False
        user.save(update_fields=["is_active"])
        _end_sessions(user)


def _end_sessions(user: User) -> None:
    held: Iterable[Session] = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    ended = [one.pk for one in held if one.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()


def _is_unused(user: User) -> bool:
    return not user.is_active and _is_referent_only(user) and not user.referents.exists()


def log_action(referent: Referent, action: str, user: User | None) -> None:
    """The history says who did what, and names nobody: it outlives the erasure."""
    log(referent, action, title=_("Référent %(pk)s") % {"pk": referent.pk}, user=user)
