"""The answers that the holder of a verification link may give, and what each writes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.reminders.choices import RequestState
from resources.choices import EntryStatus
from resources.editor_choices import VerificationMethod
from resources.models import Referent, ResourcePage, Verification, VerificationRequest
from resources.moderation.services import propose_change
from resources.verification.messages import send_message
from resources.verification.reminders import VERIFICATIONS, create_request
from resources.verification.services import (
    close_requests,
    confirm_entry,
    record_correction,
    set_verified,
)
from resources.verification.tokens import get_recipient_address, is_valid_recipient


def public_role(referent: Referent | None) -> str:
    """Who verified, as readers may know it: a role that its holder agreed to show, or nobody's."""
    if referent is None or not (referent.shows_role and referent.role):
        return _("la structure")
    role = referent.role.strip()
    return _("la structure (%(role)s)") % {"role": role[:1].lower() + role[1:]}


def respond_confirmed(request: VerificationRequest) -> Verification:
    """« Tout est juste »"""
    referent = request.referent
    return confirm_entry(
        request.entry,
        role=public_role(referent),
        how=VerificationMethod.LINK,
        user=referent.user if referent else None,
    )


@transaction.atomic
def respond_closed(request: VerificationRequest) -> None:
    """« Ce lieu a fermé »: somebody checks before readers are told so."""

    def close(page: ResourcePage) -> None:
        page.status = EntryStatus.CLOSED

    propose_change(request.entry, close, user=_user(request), by=_author_label(request))
    close_requests(request.entry)


@transaction.atomic
def respond_corrected(request: VerificationRequest, form: Any) -> None:
    """« Corriger »: once approved, the entry is verified on the day that it was corrected."""
    role = public_role(request.referent)

    def correct(page: ResourcePage) -> None:
        form.apply(page)
        set_verified(page, role)

    propose_change(request.entry, correct, user=_user(request), by=_author_label(request))
    record_correction(request.entry, role=role, how=VerificationMethod.LINK, user=_user(request))


def respond_wrong_person(request: VerificationRequest) -> None:
    """« Je ne suis pas la bonne personne »: they are asked nothing more."""
    VerificationRequest.objects.filter(pk=request.pk).end(RequestState.CANCELLED, timezone.now())


@transaction.atomic
def resend_request(request: VerificationRequest) -> None:
    """A new link, to whom the old one went and nobody else; one message a day, as always."""
    now = timezone.now()
    if not is_valid_recipient(request):
        return
    entry = ResourcePage.objects.select_for_update(of=("self",)).get(pk=request.entry_id)
    address = get_recipient_address(entry, request.referent)
    if VERIFICATIONS.was_messaged_today(address, now):
        return
    same = VerificationRequest.objects.filter(entry=entry, referent=request.referent)
    same.end(RequestState.EXPIRED)
    send_message(address, [create_request(entry, request.referent, now)], is_reminder=False)


def _user(request: VerificationRequest) -> Any:
    return request.referent.user if request.referent else None


def _author_label(request: VerificationRequest) -> str:
    """In words that moderators read: a role, for the history outlives a name that is erased."""
    referent = request.referent
    if referent is None:
        return _("la structure, par le lien envoyé à l’adresse générique")
    if referent.role:
        return _("un référent (%(role)s), par le lien reçu") % {"role": referent.role}
    return _("un référent, par le lien reçu")
