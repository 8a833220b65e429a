"""The pages that a message leads to: their address is a secret, and looking at one does nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.base.client import comes_from_this_site
from portal.base.form_views import is_body_too_large

View = Callable[[HttpRequest, str], HttpResponse]


def secret_link_view(*methods: str) -> Callable[[View], View]:
    """A page that only whoever was given its address can open.

    No cache keeps it, no search engine lists it, no other site is told where a reader comes
    from, and its address is not written in the logs, whatever the answer.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, key: str) -> HttpResponse:
            if request.method in methods:
                response = view(request, key)
            else:
                response = HttpResponseNotAllowed(methods)
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

        return answer

    return decorate


#: A page that a message leads to, and whose buttons are heard.
of_a_message = secret_link_view("GET", "HEAD", "POST")
#: One that only shows what became of something, to whoever told it.
only_to_read = secret_link_view("GET", "HEAD")


def refusal_reason(request: HttpRequest) -> tuple[str, HTTPStatus] | None:
    """Why a button of such a page was not heard, if it was not."""
    if not comes_from_this_site(request, hides_its_origin=True):
        words = _("Cette demande vient d’un autre site : rien n’a été changé.")
        return words, HTTPStatus.FORBIDDEN
    if is_body_too_large(request):
        words = _("Ce que vous avez envoyé est trop long : rien n’a été changé.")
        return words, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None
