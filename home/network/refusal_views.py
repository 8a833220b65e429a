"""The page that a message leads to, to receive no other: no account, no cookie."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.network import services
from portal.forms.secret_link_views import of_a_message, refusal_reason
from portal.forms.views import is_body_too_large, read_post


@of_a_message
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """One button. A mail program presses it by itself (RFC 8058); looking at it does nothing.

    A link that carries nothing answers the same: it tells nobody anything.
    """
    if request.method != "POST":
        return _page(request)
    posted = {} if is_body_too_large(request) else read_post(request)
    if posted.get("List-Unsubscribe") == "One-Click":
        services.refuse(key)
        return HttpResponse(_("C’est noté.") + "\n", content_type="text/plain; charset=utf-8")
    if reason := refusal_reason(request):
        words, status = reason
        return _page(request, status, refusal=words)
    if posted.get("refuse") != "yes":
        return _page(request, HTTPStatus.BAD_REQUEST)
    services.refuse(key)
    return _page(request, is_done=True)


def _page(
    request: HttpRequest,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    refusal: str = "",
    is_done: bool = False,
) -> HttpResponse:
    context = {"refusal": refusal, "is_done": is_done}
    return render(request, "home/network/refuse.html", context, status=status)
