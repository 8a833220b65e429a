"""The page of an invitation: GET shows, POST accepts or refuses; no account, no cookie."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.forms.secret_link_views import of_a_message, refusal_reason
from portal.forms.views import read_post
from resources.models import Referent
from resources.referents import services
from resources.referents.forms import ReferentChoicesForm
from resources.referents.services import InvitationState

_STATUSES = {
    InvitationState.TOO_OLD: HTTPStatus.GONE,
    InvitationState.UNKNOWN: HTTPStatus.NOT_FOUND,
}


@of_a_message
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The person is not named: the link may have been passed on."""
    answer, referent = services.get_invitation(key)
    if answer is not InvitationState.WAITING or referent is None:
        return _over(request, answer)
    if request.method != "POST":
        return _show(request, referent, ReferentChoicesForm(referent))
    if refusal := refusal_reason(request):
        words, status = refusal
        return _show(request, referent, ReferentChoicesForm(referent), status, refusal=words)
    return _answer(request, key, referent)


def _answer(request: HttpRequest, key: str, referent: Referent) -> HttpResponse:
    posted = read_post(request)
    if posted.get("answer") == "no":
        services.refuse_invitation(key)
        return render(request, "resources/referents/invitation_declined.html")
    form = ReferentChoicesForm(referent, posted)
    if posted.get("answer") != "yes":
        return _show(request, referent, ReferentChoicesForm(referent), HTTPStatus.BAD_REQUEST)
    if not form.is_valid():
        return _show(request, referent, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _over(request, services.accept_invitation(key, form.choices))


def _show(
    request: HttpRequest,
    referent: Referent,
    form: ReferentChoicesForm,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    entries = services.get_entries(referent)
    context |= {"form": form, "entries": entries, "is_again": referent.is_active}
    return render(request, "resources/referents/invitation.html", context, status=status)


def _over(request: HttpRequest, answer: InvitationState) -> HttpResponse:
    """Accepted, by this click or one before; or a link that opens nothing."""
    if answer is InvitationState.ALREADY:
        return render(request, "resources/referents/invitation_accepted.html")
    context = {"is_too_old": answer is InvitationState.TOO_OLD}
    return render(
        request, "resources/referents/invitation_invalid.html", context, status=_STATUSES[answer]
    )
