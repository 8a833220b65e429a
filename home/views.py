from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.forms import ContactForm
from home.models import ContactPage
from home.services import receive_message
from portal.api.throttling import consume
from portal.forms.sent_once import FormSubmission
from portal.forms.views import receive_form, render_page


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, page_id: int) -> HttpResponse:
    """Receive a message; on a mistake show the form again with all that was typed."""
    page = get_object_or_404(ContactPage.objects.live(), pk=page_id)
    with translation.override(page.locale.language_code):
        if request.method != "POST":
            return redirect(page.get_url(request))
        form, status = receive_form(request, ContactForm)
        if status is not None:
            return render_page(request, page, status, form=form)
        return _keep(request, page, form)


@require_safe
def contact_thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the sender sees once the message is kept; a reload sends nothing twice."""
    page = get_object_or_404(ContactPage.objects.live(), pk=page_id)
    with translation.override(page.locale.language_code):
        return render_page(request, page, HTTPStatus.OK, is_sent=True)


def _keep(request: HttpRequest, page: ContactPage, form: ContactForm) -> HttpResponse:
    """Keep a message, once however often it is sent, and thank; or say how long to wait."""
    if wait := consume("contact_messages", request):
        words = _("Beaucoup de messages viennent d’être envoyés d’ici. Réessayez dans une heure.")
        form.add_error(None, words)
        response = render_page(request, page, HTTPStatus.TOO_MANY_REQUESTS, form=form)
        response.headers["Retry-After"] = str(wait)
        return response
    said = [form.cleaned_data[name] for name in ContactForm.visible_names]
    with FormSubmission(request, "contact", *said) as sending:
        if sending.is_first:
            receive_message(page, form.cleaned_data)
    return redirect(reverse("contact_thanks", args=[page.pk]))
