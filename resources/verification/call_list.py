"""The call list of the coordinator: entries that no message can settle, numbers and reasons."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.log_actions import log

from portal.reminders.choices import RequestState
from portal.text.date_format import format_date
from portal.users.models import User
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.verification.schedule import UNREACHABLE, entries_to_call


@dataclass(frozen=True, slots=True)
class CallPhone:
    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CallListItem:
    """One entry to settle by telephone."""

    entry: ResourcePage
    phones: list[CallPhone]
    reasons: list[str] = field(default_factory=list)


def get_call_list(now: datetime) -> QuerySet[ResourcePage]:
    requests = VerificationRequest.objects.select_related("referent").order_by("-sent_at")
    return entries_to_call(now, timezone.localdate(now)).prefetch_related(
        "phones",
        Prefetch("referents", Referent.objects.active()),
        Prefetch("verification_requests", requests),
    )


def get_call_item(entry: ResourcePage) -> CallListItem:
    phones = [CallPhone(entry.phone)] if entry.phone else []
    phones += [CallPhone(one.number, one.label) for one in entry.phones.all()]
    return CallListItem(entry, phones, get_call_reasons(entry))


def get_call_reasons(entry: ResourcePage) -> list[str]:
    """Who was asked and when, or why nobody could be."""
    since = entry.verified_on
    asked = [
        request
        for request in entry.verification_requests.all()
        if since is None or timezone.localdate(request.sent_at) > since
    ]
    said = [sentence for request in asked if (sentence := _format_request(request))]
    if entry.has_unpublished_changes and entry.workflow_in_progress:
        said.append(_("Un changement proposé attend d’être relu."))
    if not asked and not entry.referents.all() and not entry.email:
        said.append(_("Ni référent, ni adresse e-mail."))
    return said


def _format_request(request: VerificationRequest) -> str:
    words: dict[str, Any] = {"who": _recipient_label(request), "day": format_date(request.sent_at)}
    if request.state == RequestState.EXPIRED:
        reminders = ngettext("%(number)d relance", "%(number)d relances", request.reminders)
        words["reminders"] = reminders % {"number": request.reminders}
        return _("Pas de réponse : %(who)s, le %(day)s, %(reminders)s.") % words
    if request.state == RequestState.ANSWERED:
        return _("A proposé un changement : %(who)s, le %(day)s.") % words
    if request.answered_at:
        return _("Dit ne pas être la bonne personne : %(who)s.") % words
    return ""


def _recipient_label(request: VerificationRequest) -> str:
    referent = request.referent
    if referent is None:
        return _("l’adresse générique")
    return f"{referent.name} ({referent.role})" if referent.role else referent.name


def format_verified(entry: ResourcePage) -> str:
    if entry.verified_on is None:
        return _("jamais")
    return f"{date_format(entry.verified_on, 'SHORT_DATE_FORMAT')} {entry.verified_by_role}".strip()


def log_unreachable(entry: ResourcePage, user: User) -> None:
    """Nobody picked up: it comes back in two weeks."""
    log(entry, UNREACHABLE, user=user)
