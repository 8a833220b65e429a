"""« Mes fiches »: a referent's own screens, of their own structures only."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from resources.editor_choices import VerificationMethod
from resources.models import Referent, ResourcePage
from resources.moderation.services import propose_change
from resources.referents import services
from resources.referents.closures import add_row, get_dated_rows, remove_row
from resources.referents.dashboard import get_entry_cards, recent_views, views_by_month
from resources.referents.forms import ClosureForm, LeavingForm, NoticeForm, ReferentChoicesForm
from resources.referents.permissions import (
    MemberRequest,
    get_draft,
    get_own_entry_or_404,
    get_user_entries,
)
from resources.update_form import EntryForm
from resources.verification.responses import public_role
from resources.verification.services import confirm_entry as say_true
from resources.verification.services import record_correction, set_verified

View = Callable[..., HttpResponse]
_ACCOUNT = VerificationMethod.ACCOUNT


def member_required(view: View) -> View:
    """A screen of somebody who is signed in; no cache keeps it."""
    return never_cache(login_required(view))


def own_entry_required(*methods: str) -> Callable[[View], View]:
    """A screen about one entry, for those who answer for it; there is none for anybody else."""

    def of_own(view: View) -> View:
        @member_required
        @require_http_methods(methods)
        @wraps(view)
        def answer(request: MemberRequest, uuid: UUID) -> HttpResponse:
            entry, referent = get_own_entry_or_404(request.user, uuid)
            return view(request, entry, referent)

        return answer

    return of_own


@member_required
@require_safe
def my_entries(request: MemberRequest) -> HttpResponse:
    """One card an entry, and what each one needs."""
    entries = get_user_entries(request.user).select_related("type").order_by("title")
    return _page(request, "my_entries", cards=get_entry_cards(entries))


@own_entry_required("POST")
def confirm(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """« Rien n’a changé »: the date is today's, at once."""
    return _confirm(request, entry, referent)


def _confirm(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    say_true(entry, role=public_role(referent), how=_ACCOUNT, user=request.user)
    messages.success(request, _("Merci ! « %(title)s » est à jour.") % {"title": entry.title})
    return redirect("resources:my_entries")


@own_entry_required("GET", "HEAD", "POST")
def edit(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """The short form; what was changed waits for an approval."""
    draft = get_draft(entry)
    form = EntryForm(draft, request.POST if request.method == "POST" else None)
    if form.is_valid() and not form.touched:
        return _confirm(request, entry, referent)
    if form.is_valid() and _correct(request, entry, referent, form):
        return redirect("resources:my_entries")
    return _page(request, "edit", form, entry=entry, waits=draft is not entry)


@transaction.atomic
def _correct(
    request: MemberRequest, entry: ResourcePage, referent: Referent, form: EntryForm
) -> bool:
    """Once approved, the entry is verified on the day that it was corrected."""
    role = public_role(referent)

    def correct(page: ResourcePage) -> None:
        form.apply(page)
        set_verified(page, role)

    refusal = _propose(request, entry, referent, correct)
    if refusal:
        form.tell(refusal)
        return False
    record_correction(entry, role=role, how=_ACCOUNT, user=request.user)
    return True


def _propose(
    request: MemberRequest,
    entry: ResourcePage,
    referent: Referent,
    apply: Callable[[ResourcePage], None],
) -> ValidationError | None:
    """Have a change wait for its approval; why the entry refuses it, if it does."""
    role = referent.role
    by = _("un référent (%(role)s)") % {"role": role} if role else _("un référent")
    try:
        propose_change(entry, apply, user=request.user, by=by)
    except ValidationError as refusal:
        return refusal
    messages.success(request, _("Merci. Ce sera visible dès que la coordination l’aura relu."))
    return None


@own_entry_required("GET", "HEAD", "POST")
def dated(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """Closures and messages that hold from one day to another: add one, remove one."""
    posted = request.POST if request.method == "POST" else None
    forms = {
        kind.kind: kind(posted if posted and posted.get("add") == kind.kind else None)
        for kind in (ClosureForm, NoticeForm)
    }
    added = next((form for form in forms.values() if form.is_bound), None)
    if posted and posted.get("remove"):
        refusal = _propose(request, entry, referent, remove_row(posted["remove"]))
        if refusal is None:
            return redirect("resources:entry_dated", entry.uuid)
        messages.error(request, " ".join(refusal.messages))
    elif added is not None and added.is_valid():
        refusal = _propose(request, entry, referent, add_row(added))
        if refusal is None:
            return redirect("resources:entry_dated", entry.uuid)
        added.add_error(None, refusal.messages)
    rows = get_dated_rows(get_draft(entry), entry)
    return _page(request, "closures", added, entry=entry, forms=forms, rows=rows)


@own_entry_required("GET", "HEAD")
def statistics(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """How many times the entry was read: numbers, and nothing about who."""
    context = {"recent": recent_views(entry), "months": views_by_month(entry)}
    return _page(request, "statistics", entry=entry, **context)


@own_entry_required("GET", "HEAD", "POST")
def shown(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """What readers see of this referent."""
    form = ReferentChoicesForm(referent, request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.save_choices(referent, form.choices)
        messages.success(request, _("C’est enregistré."))
        return redirect("resources:my_entries")
    return _page(request, "visibility", form, entry=entry)


@own_entry_required("GET", "HEAD", "POST")
def leave(request: MemberRequest, entry: ResourcePage, referent: Referent) -> HttpResponse:
    """« Je pars »: the coordinator is told, and this entry is theirs no more."""
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "leave", form, entry=entry)
    services.leave_entry(referent, entry, form.cleaned_data["successor"])
    if get_user_entries(request.user).exists() or request.user.has_perm(
        "wagtailadmin.access_admin"
    ):
        messages.success(request, _("C’est noté. Merci pour tout ce que vous avez fait."))
        return redirect("resources:my_entries")
    logout(request)
    return redirect("resources:gone")


@never_cache
@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """After the last « Je pars »: nobody is signed in any more."""
    return _page(request, "left")


def _page(request: HttpRequest, name: str, form: Any = None, **context: Any) -> HttpResponse:
    """A screen; one whose form has mistakes says so to machines too."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    context["form"] = form
    return render(request, f"resources/referents/{name}.html", context, status=status)
