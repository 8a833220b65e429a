"""The pages behind the links of verification: no account, no cookie.

Looking at them changes nothing: mail servers and antivirus follow every link.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from portal.api.throttling import consume
from portal.forms.secret_link_views import of_a_message, refusal_reason
from portal.forms.views import read_post
from portal.reminders.links import STATUSES, LinkState
from resources.entry.presenter import EntryPresenter
from resources.models import VerificationRequest
from resources.update_form import EntryForm
from resources.verification import responses
from resources.verification.messages import get_facts
from resources.verification.tokens import check_link, sign_key

#: What the buttons say, and which page thanks for it.
_RESPONSES: dict[str, Callable[[VerificationRequest], Any]] = {
    "juste": responses.respond_confirmed,
    "ferme": responses.respond_closed,
    "erreur": responses.respond_wrong_person,
}


@of_a_message
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """The entry as it is, and what its structure may say of it, each with one button."""
    with translation.override(settings.LANGUAGE_CODE):
        link, asked = check_link(key)
        if request.method != "POST":
            return _show(request, link, asked)
        if refusal := refusal_reason(request):
            return _show(request, link, asked, refusal)
        said = read_post(request).get("reponse", "")
        if link is LinkState.EXPIRED and said == "lien":
            return _send_again(request, asked)
        if link is not LinkState.OPEN or asked is None:
            return _show(request, link, asked)
        if said not in _RESPONSES:
            return _show(request, link, asked, ("", HTTPStatus.BAD_REQUEST))
        _RESPONSES[said](asked)
        return _thank(request, asked, said)


@of_a_message
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """The short form; what it says waits to be approved."""
    with translation.override(settings.LANGUAGE_CODE):
        link, asked = check_link(key)
        if link is not LinkState.OPEN or asked is None:
            return _show(request, link, asked)
        refusal = refusal_reason(request) if request.method == "POST" else None
        entry = asked.entry.specific.get_latest_revision_as_object()
        if request.method != "POST" or refusal:
            return _show_form(request, asked, EntryForm(entry), refusal or ("", HTTPStatus.OK))
        form = EntryForm(entry, read_post(request))
        if form.is_valid() and form.touched and _save_correction(asked, form):
            return _thank(request, asked, "corrige")
        return _show_form(request, asked, form, ("", HTTPStatus.UNPROCESSABLE_ENTITY))


def _save_correction(asked: VerificationRequest, form: EntryForm) -> bool:
    try:
        responses.respond_corrected(asked, form)
    except ValidationError as refusal:
        form.tell(refusal)
        return False
    return True


def _send_again(request: HttpRequest, asked: VerificationRequest | None) -> HttpResponse:
    """The same words whatever was done: nobody learns from here where it went, or whether."""
    may_ask = not consume("verification_links", request)
    if asked is not None and may_ask:
        responses.resend_request(asked)
    return _page(request, "link_sent", HTTPStatus.OK, asked)


def _show(
    request: HttpRequest,
    link: LinkState,
    asked: VerificationRequest | None,
    refusal: tuple[str, HTTPStatus] | None = None,
) -> HttpResponse:
    words, status = refusal or ("", STATUSES.get(link, HTTPStatus.OK))
    context: dict[str, Any] = {"link_state": link.name, "refusal": words}
    if link is LinkState.OPEN and asked is not None:
        context |= {"facts": get_facts(asked.entry), "key": sign_key(asked.key)}
        return _page(request, "entry", status, asked, **context)
    return _page(request, "link_invalid", status, asked, **context)


def _show_form(
    request: HttpRequest,
    asked: VerificationRequest,
    form: EntryForm,
    refusal: tuple[str, HTTPStatus],
) -> HttpResponse:
    words, status = refusal
    context = {"form": form, "refusal": words, "key": sign_key(asked.key)}
    context["untouched"] = form.is_bound and not form.errors and not form.touched
    return _page(request, "correct", status, asked, **context)


def _thank(request: HttpRequest, asked: VerificationRequest, answer: str) -> HttpResponse:
    return _page(request, "thanks", HTTPStatus.OK, asked, answer=answer)


def _page(
    request: HttpRequest,
    name: str,
    status: HTTPStatus,
    asked: VerificationRequest | None,
    **context: Any,
) -> HttpResponse:
    entry = asked.entry if asked else None
    context |= {"entry": entry, "presenter": EntryPresenter(entry) if entry else None}
    return render(request, f"resources/verification/{name}.html", context, status=status)
