"""The demonstration's messages as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.base.pagination import get_page
from portal.mail import demo_mailbox

PER_PAGE = 50
# Headers that tell something about how the portal writes, beyond who, to whom and about what.
TOLD = (
    *("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Message-ID"),
    *("Auto-Submitted", "Feedback-ID"),
)
# What a message holds may look as it likes, and follow links in a new tab, but runs nothing,
# sends nothing and asks nothing of anyone else. With no script, « same origin » only lets it
# show the portal's own images.
HTML_CSP = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'"
)

View = Callable[..., HttpResponse]


def _only_in_the_demo(view: View) -> View:
    """Not found elsewhere, were the address ever known there; never kept, never indexed."""

    @wraps(view)
    @require_safe
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not demo_mailbox.is_open():
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def _get_or_404(name: str) -> demo_mailbox.KeptMessage:
    message = demo_mailbox.read(name)
    if message is None:
        raise Http404
    return message


@_only_in_the_demo
def message_list(request: HttpRequest) -> HttpResponse:
    page_obj = get_page(demo_mailbox.names(), request.GET.get("page"), PER_PAGE)
    found = [demo_mailbox.read(name, headers_only=True) for name in page_obj]
    messages = [message for message in found if message]
    return render(
        request, "demo_mailbox/list.html", {"page_obj": page_obj, "sent_messages": _lines(messages)}
    )


def _lines(messages: list[demo_mailbox.KeptMessage]) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("demo_mail", args=[message.name]),
            "subject": message.header("Subject") or _("(sans objet)"),
            "to": message.header("To"),
            "written_at": message.written_at,
        }
        for message in messages
    ]


@_only_in_the_demo
def demo_mail(request: HttpRequest, name: str) -> HttpResponse:
    message = _get_or_404(name)
    known = [
        (_("De"), message.header("From")),
        (_("À"), message.header("To")),
        (_("Réponses à"), message.header("Reply-To")),
        *((header, message.header(header)) for header in TOLD),
    ]
    context = {
        "subject": message.header("Subject") or _("(sans objet)"),
        "written_at": message.written_at,
        "facts": [{"term": term, "definition": words} for term, words in known],
        "text": message.text,
        "html_url": reverse("demo_mail_html", args=[name]) if message.html else "",
    }
    return render(request, "demo_mailbox/message.html", context)


@_only_in_the_demo
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    html = _get_or_404(name).html
    if not html:
        raise Http404
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = HTML_CSP
    # The standard refuses a page that is both in a sandbox and in a window of its own.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response
