"""The page behind the link of a pilot: no account, no cookie.

Mail robots open links, and some press the first button: opening the page changes nothing, and its
first button only asks for the form. What is sent from the form waits to be approved.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from actions.models import PilotRequest
from actions.pilots import services
from actions.pilots.forms import PilotForm
from actions.pilots.links import check_link
from actions.pilots.reminders import resend_request
from actions.pilots.schedule import get_last_news
from portal.api.throttling import consume
from portal.forms.secret_link_views import of_a_message, refusal_reason
from portal.forms.views import read_post
from portal.reminders.links import STATUSES, VALID_FOR, LinkState

#: The buttons that need no form.
_BUTTONS: dict[str, Callable[[PilotRequest], Any]] = {
    "rien": services.record_no_change,
    "plus": services.stop_leading,
}


@of_a_message
def where_we_are(request: HttpRequest, key: str) -> HttpResponse:
    """What the link is about, then the form, then thanks."""
    with translation.override(settings.LANGUAGE_CODE):
        link, asked = check_link(key)
        if request.method != "POST":
            return _show(request, link, asked)
        if refusal := refusal_reason(request):
            return _show(request, link, asked, refusal)
        step = read_post(request).get("etape", "")
        if link is LinkState.EXPIRED and step == "lien":
            return _send_again(request, asked)
        if link is not LinkState.OPEN or asked is None:
            return _show(request, link, asked)
        return _answer(request, asked, step)


def _answer(request: HttpRequest, asked: PilotRequest, step: str) -> HttpResponse:
    try:
        if step == "formulaire":
            return _show_form(request, asked, PilotForm(asked.action), HTTPStatus.OK)
        if step in _BUTTONS:
            _BUTTONS[step](asked)
            return _page(request, "thanks", HTTPStatus.OK, asked, said=step)
        if step != "envoi":
            return _show(request, LinkState.OPEN, asked, ("", HTTPStatus.BAD_REQUEST))
        form = PilotForm(asked.action, read_post(request))
        if not form.is_valid() or form.is_empty:
            return _show_form(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        services.record_answer(asked, form)
    except services.AlreadyAnswered:
        return _show(request, LinkState.ANSWERED, asked)
    return _page(request, "thanks", HTTPStatus.OK, asked, said="envoi")


def _send_again(request: HttpRequest, asked: PilotRequest | None) -> HttpResponse:
    """The same words whatever was done: nobody learns from here where it went, or whether."""
    if asked is not None and not consume("pilot_links", request):
        resend_request(asked)
    return _page(request, "thanks", HTTPStatus.OK, asked, said="lien")


def _show(
    request: HttpRequest,
    link: LinkState,
    asked: PilotRequest | None,
    refusal: tuple[str, HTTPStatus] | None = None,
) -> HttpResponse:
    words, status = refusal or ("", STATUSES.get(link, HTTPStatus.OK))
    is_open = link is LinkState.OPEN and asked is not None
    name = "about" if is_open else "link_invalid"
    return _page(request, name, status, asked, link_state=link.name, refusal=words)


def _show_form(
    request: HttpRequest, asked: PilotRequest, form: PilotForm, status: HTTPStatus
) -> HttpResponse:
    is_empty = form.is_bound and not form.errors and form.is_empty
    return _page(request, "form", status, asked, form=form, is_empty=is_empty)


def _page(
    request: HttpRequest,
    name: str,
    status: HTTPStatus,
    asked: PilotRequest | None,
    **context: Any,
) -> HttpResponse:
    if asked is not None:
        context |= {
            "action": asked.action,
            "pilot": asked.pilot,
            "last_news": get_last_news(asked.action),
            "valid_until": timezone.localdate(asked.sent_at + VALID_FOR),
        }
    return render(request, f"actions/pilots/{name}.html", context, status=status)
