"""Pages behind the secret links of messages: GET changes nothing, POST acts."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.base.client import comes_from_this_site
from portal.forms.views import is_body_too_large

View = Callable[[HttpRequest, str], HttpResponse]


def secret_link_view(*methods: str) -> Callable[[View], View]:
    """Decorate a view that only whoever has its address may open.

    The response is not cached or indexed and sends no referrer, and its address is not written in
    the logs, whatever the status.
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


#: Decorator of a page behind a secret link whose buttons act by POST.
of_a_message = secret_link_view("GET", "HEAD", "POST")
#: The same for a page that only shows a state.
only_to_read = secret_link_view("GET", "HEAD")


def refusal_reason(request: HttpRequest) -> tuple[str, HTTPStatus] | None:
    """The sentence and status that refuse a POST of such a page; None when it is accepted."""
    if not comes_from_this_site(request, hides_its_origin=True):
        words = _("Cette demande vient d’un autre site : rien n’a été changé.")
        return words, HTTPStatus.FORBIDDEN
    if is_body_too_large(request):
        words = _("Ce que vous avez envoyé est trop long : rien n’a été changé.")
        return words, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None
