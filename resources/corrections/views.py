"""The pages where anybody tells what is wrong or missing, and follows what becomes of it.

No account, no cookie. What was sent is followed at an address that only its author has.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wagtail.models import Page

from portal.forms.secret_link_views import only_to_read
from portal.forms.sent_once import FormSubmission
from portal.forms.views import receive_form
from resources.corrections import services, throttling
from resources.corrections.forms import ErrorReportForm, ProposalForm
from resources.corrections.status_labels import get_followup_url, state_label
from resources.duplicates import find_similar_entries, similar_entries_token
from resources.listing.models import DirectoryPage
from resources.models import EntryProposal, ErrorReport, ResourcePage
from resources.models.referent import new_key

View = Callable[..., HttpResponse]
#: The language of a page that is no editor's: ``?langue=en``.
LANGUAGE = "langue"


def public_form(view: View) -> View:
    """A form that needs no account; its page holds a moment, so that no cache keeps it."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


@public_form
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Signaler une erreur »; on a mistake the form comes back with all that was typed."""
    entries = ResourcePage.objects.open_to_all().select_related("locale")
    entry = get_object_or_404(entries, uuid=uuid)
    with translation.override(entry.locale.language_code):
        form, status = ErrorReportForm(), None
        if request.method == "POST":
            form, status = receive_form(request, ErrorReportForm)
            if status is None:
                return _save_report(request, entry, form)
        return _show_report(request, entry, form, status)


def _save_report(request: HttpRequest, entry: ResourcePage, form: ErrorReportForm) -> HttpResponse:
    data = {name: form.cleaned_data[name] for name in ("about", "text", "email")}
    source = _source_version(entry)
    words = (source.pk, *data.values())
    with FormSubmission(request, "report", *words, key=new_key()) as sending:
        if sending.is_first:
            if refusal := throttling.report_refusal(request, source):
                sending.forget()
                form.add_error(None, refusal.message)
                response = _show_report(request, entry, form, HTTPStatus.TOO_MANY_REQUESTS)
                return _retry_after(response, refusal.seconds)
            services.receive_report(source, key=sending.key, **data)
    return _redirect_to_followup(ErrorReport, sending.key)


def _source_version(entry: ResourcePage) -> ResourcePage:
    """The entry in the language that is corrected first; itself when there is none."""
    if entry.locale.language_code == settings.LANGUAGE_CODE:
        return entry
    versions = ResourcePage.objects.filter(translation_key=entry.translation_key)
    return versions.in_source_language().first() or entry


def _show_report(
    request: HttpRequest, entry: ResourcePage, form: ErrorReportForm, status: HTTPStatus | None
) -> HttpResponse:
    return _show(request, "report", status, page=entry, form=form)


@public_form
def propose(request: HttpRequest) -> HttpResponse:
    """« Proposer une structure »; a place that may be known already is said, never refused."""
    language = _requested_language(request)
    with translation.override(language):
        form, status = ProposalForm(), None
        if request.method == "POST":
            form, status = receive_form(request, ProposalForm)
            if status is None:
                return _save_proposal(request, form)
        return _show_proposal(request, form, status)


def _save_proposal(request: HttpRequest, form: ProposalForm) -> HttpResponse:
    data = form.cleaned_data
    similar = find_similar_entries(data["name"], data["commune"], data["phone"])
    if similar and data["seen"] != similar_entries_token(similar):
        form.show(similar_entries_token(similar))
        return _show_proposal(request, form, HTTPStatus.CONFLICT, similar)
    names = ("name", "commune", "address", "phone", "website", "text", "is_from_structure", "email")
    facts = {name: data[name] for name in names} | {"type": data["kind"]}
    with FormSubmission(request, "proposal", *facts.values(), key=new_key()) as sending:
        if sending.is_first:
            if refusal := throttling.proposal_refusal(request):
                sending.forget()
                form.add_error(None, refusal.message)
                response = _show_proposal(request, form, HTTPStatus.TOO_MANY_REQUESTS)
                return _retry_after(response, refusal.seconds)
            services.receive_proposal(key=sending.key, **facts)
    return _redirect_to_followup(EntryProposal, sending.key)


def _show_proposal(
    request: HttpRequest,
    form: ProposalForm,
    status: HTTPStatus | None,
    similar: list[ResourcePage] | None = None,
) -> HttpResponse:
    return _show(request, "propose", status, page=_directory(), form=form, similar=similar or [])


@only_to_read
def report_followed(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a report."""
    correction = ErrorReport.objects.select_related("entry").filter(key=key).first()
    return _show_followup(request, correction)


@only_to_read
def proposal_followed(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a proposal."""
    correction = EntryProposal.objects.select_related("entry").filter(key=key).first()
    return _show_followup(request, correction)


def _show_followup(
    request: HttpRequest, correction: ErrorReport | EntryProposal | None
) -> HttpResponse:
    with translation.override(_requested_language(request)):
        entry = correction.entry if correction else None
        context = {
            "page": _directory(),
            "correction": correction,
            "state": state_label(correction) if correction else "",
            "entry": entry if entry and entry.live else None,
            "address": request.build_absolute_uri(),
        }
        return _show(request, "follow_up", None if correction else HTTPStatus.NOT_FOUND, **context)


def _redirect_to_followup(kind: type[ErrorReport] | type[EntryProposal], key: str) -> HttpResponse:
    """A reload of where it leads sends nothing twice."""
    language = translation.get_language()
    other = "" if language == settings.LANGUAGE_CODE else f"?{urlencode({LANGUAGE: language})}"
    return redirect(get_followup_url(kind, key) + other)


def _requested_language(request: HttpRequest) -> str:
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _directory() -> Page | None:
    """The directory in the language of the answer, for the menu and the breadcrumb."""
    pages = DirectoryPage.objects.live().public()
    return pages.filter(locale__language_code=translation.get_language()).first() or (
        pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    )


def _show(
    request: HttpRequest, name: str, status: HTTPStatus | None, **context: Any
) -> HttpResponse:
    status = status or HTTPStatus.OK
    return render(request, f"resources/corrections/{name}.html", context, status=status)


def _retry_after(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response
