"""Views of subscription, confirmation, preferences and unsubscription: no account, no cookie.

Looking at a page never changes anything: mail servers and antivirus follow every link.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wagtail.models import Locale

from newsletter.models import IssuePage
from newsletter.services import confirmation, subscription, throttling
from newsletter.services.confirmation import ConfirmationOutcome
from newsletter.subscription.forms import PreferencesForm, SubscriptionForm
from newsletter.subscription.models import LetterIndexPage
from portal.api.throttling import consume
from portal.forms.secret_link_views import of_a_message, refusal_reason
from portal.forms.sent_once import FormSubmission
from portal.forms.views import is_body_too_large, read_post, receive_form, render_page

_STATUSES = {
    ConfirmationOutcome.TOO_OLD: HTTPStatus.GONE,
    ConfirmationOutcome.PAST: HTTPStatus.GONE,
    ConfirmationOutcome.BROKEN: HTTPStatus.NOT_FOUND,
}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, page_id: int) -> HttpResponse:
    """Receive the form; on a mistake show it again with all that was typed."""
    page = get_object_or_404(LetterIndexPage.objects.live().public(), pk=page_id)
    with translation.override(page.locale.language_code):
        if request.method != "POST":
            return redirect(f"{page.get_url(request)}#inscription")
        form, status, wait = _ask(request, page)
        if status is None:
            return redirect(reverse("newsletter:letter_subscribed", args=[page.pk]))
        response = render_page(
            request, page, status, template="newsletter/subscribe.html", form=form
        )
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response


@require_safe
def subscribed(request: HttpRequest, page_id: int) -> HttpResponse:
    """What to do next: the same page whether or not the address was known."""
    page = get_object_or_404(LetterIndexPage.objects.live().public(), pk=page_id)
    with translation.override(page.locale.language_code):
        return render_page(request, page, HTTPStatus.OK, template="newsletter/subscribed.html")


def _ask(
    request: HttpRequest, page: LetterIndexPage
) -> tuple[SubscriptionForm, HTTPStatus | None, int]:
    """Do what the form asks. The form; the status of a refusal, if any; how long to wait, or 0."""
    form, status = receive_form(request, SubscriptionForm)
    if status is not None:
        return form, status, 0
    if wait := consume("letter_requests", request):
        form.add_error(
            None,
            _("Beaucoup d’inscriptions viennent d’ici. Réessayez dans une heure."),
        )
        return form, HTTPStatus.TOO_MANY_REQUESTS, wait
    wish = form.cleaned_data
    topics = sorted(topic.code for topic in wish["topics"])
    said = [wish["email"].key, *topics, wish["territory"], form.words.version]
    try:
        with FormSubmission(request, "letter", *said) as sending:
            if sending.is_first:
                subscription.request_subscription(
                    wish["email"],
                    topics=wish["topics"],
                    territory=wish["territory"],
                    consent=form.words,
                    source_page=page,
                )
    except throttling.SubscriptionBusy as busy:
        form.add_error(
            None, _("Beaucoup de personnes s’inscrivent en ce moment. Réessayez dans une heure.")
        )
        return form, HTTPStatus.SERVICE_UNAVAILABLE, busy.seconds
    return form, None, 0


@of_a_message
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """One button; pressing it subscribes."""
    if request.method != "POST":
        return _show_confirmation(request, confirmation.check_confirmation(key))
    if refusal := refusal_reason(request):
        return _show_confirmation(request, confirmation.check_confirmation(key), refusal)
    return _show_confirmation(request, confirmation.confirm(key))


def _show_confirmation(
    request: HttpRequest, answer: ConfirmationOutcome, refusal: tuple[str, HTTPStatus] | None = None
) -> HttpResponse:
    if answer is ConfirmationOutcome.WAITING:
        return _page(request, "confirm", refusal=refusal)
    if answer in (ConfirmationOutcome.CONFIRMED, ConfirmationOutcome.ALREADY):
        latest = IssuePage.objects.live().public().filter(locale=Locale.get_default())
        is_new = answer is ConfirmationOutcome.CONFIRMED
        return _page(request, "confirmed", is_new=is_new, latest=latest.order_by("-date").first())
    return _page(request, "link_invalid", _STATUSES[answer], answer=answer.name)


@of_a_message
def preferences(request: HttpRequest, key: str) -> HttpResponse:
    """What a subscriber gets, and a button to leave; nothing tells who they are."""
    subscriber = subscription.find_by_token(key)
    if subscriber is None or not subscriber.is_active:
        return _page(request, "link_invalid", HTTPStatus.NOT_FOUND, answer="UNKNOWN")
    refusal = refusal_reason(request) if request.method == "POST" else None
    if request.method != "POST" or refusal:
        form = PreferencesForm(subscriber)
        return _page(request, "preferences", refusal=refusal, form=form, token=key)
    form = PreferencesForm(subscriber, read_post(request))
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, "preferences", status, form=form, token=key)
    subscription.change_preferences(subscriber, **form.cleaned_data)
    return _page(request, "preferences", form=form, token=key, is_saved=True)


@of_a_message
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """One button; pressing it unsubscribes at once. So does a mail program (RFC 8058).

    A link that names nobody answers the same: whoever left, or was erased, has what they want.
    """
    if request.method != "POST":
        return _page(request, "unsubscribe", token=key)
    posted = {} if is_body_too_large(request) else read_post(request)
    if posted.get("List-Unsubscribe") == "One-Click":
        subscription.unsubscribe_by_token(key)
        return HttpResponse(
            _("Désinscription faite.") + "\n", content_type="text/plain; charset=utf-8"
        )
    if refusal := refusal_reason(request):
        return _page(request, "unsubscribe", refusal=refusal, token=key)
    if posted.get("leave") != "yes":
        return _page(request, "unsubscribe", HTTPStatus.BAD_REQUEST, token=key)
    subscription.unsubscribe_by_token(key)
    return _page(request, "unsubscribed")


def _page(
    request: HttpRequest,
    name: str,
    status: HTTPStatus = HTTPStatus.OK,
    refusal: tuple[str, HTTPStatus] | None = None,
    **context: Any,
) -> HttpResponse:
    words, status = refusal or ("", status)
    letter = LetterIndexPage.objects.live().public().filter(locale=Locale.get_default()).first()
    context |= {"letter": letter, "refusal": words}
    return render(request, f"newsletter/{name}.html", context, status=status)
