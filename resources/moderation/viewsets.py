"""« Changements proposés »: the list of pending changes, and the screen that answers one."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.base.admin_menu import report_urls
from portal.review.second_person import other_reviewers
from resources.models import ResourcePage
from resources.moderation.diff import get_differences
from resources.moderation.pending import get_proposers, pending_entries

POLICY = PagePermissionPolicy()


class EntryReviewPermissionMixin(PermissionCheckedMixin):
    """For those who publish: the coordination and the moderators."""

    permission_policy = POLICY
    any_permission_required = ("publish",)


def _change_url(entry: ResourcePage) -> str:
    return reverse("directory_change", args=[entry.pk])


def _proposed_by(entry: ResourcePage) -> str:
    state = entry.current_workflow_state
    return ", ".join(get_proposers(entry, state)) if state else ""


class PendingChangesView(EntryReviewPermissionMixin, ReportView):
    """The entries that wait, the oldest change first."""

    index_url_name = "directory_changes"
    index_results_url_name = "directory_changes_results"
    page_title = gettext_lazy("Changements proposés")
    header_icon = "edit"
    columns = [
        TitleColumn("title", label=gettext_lazy("Fiche"), get_url=_change_url),
        Column("by", label=gettext_lazy("Proposé par"), accessor=_proposed_by),
        DateColumn("latest_revision_created_at", label=gettext_lazy("Dernier changement")),
    ]
    list_export: list[str] = []

    def get_base_queryset(self) -> QuerySet[ResourcePage]:
        return pending_entries()

    def order_queryset(self, queryset: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
        return queryset


class ReviewForm(forms.Form):
    """``seen``: the version that was on screen; ``word``: what its author will read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    word = forms.CharField(
        label=gettext_lazy("Un mot pour la personne"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Elle le reçoit par e-mail. Nécessaire pour refuser."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "reject" in self.data and not cleaned.get("word"):
            self.add_error("word", _("Dites pourquoi : la personne lira ces mots."))
        return cleaned


class ReviewChangeView(EntryReviewPermissionMixin, WagtailAdminTemplateMixin, FormView):
    """One entry: what readers see today, what they would see, and the answer."""

    form_class = ReviewForm
    template_name = "resources/moderation/change.html"
    page_title = gettext_lazy("Changement proposé")
    header_icon = "edit"
    _show_breadcrumbs = True

    @cached_property
    def entry(self) -> ResourcePage:
        return get_object_or_404(ResourcePage, pk=self.kwargs["pk"]).specific

    @cached_property
    def task_state(self) -> TaskState:
        state = self.entry.current_workflow_task_state
        if state is None:
            raise Http404
        return state

    @cached_property
    def actions(self) -> set[str]:
        task = self.task_state.task.specific
        return {name for name, *_rest in task.get_actions(self.entry, self.request.user)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.entry.current_workflow_task_state is None:
            messages.info(request, _("Rien n’attend pour cette fiche."))
            return redirect("directory_changes")
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.entry.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        every = {"url": reverse("directory_changes"), "label": _("Changements proposés")}
        return [*self.breadcrumbs_items, every, {"url": "", "label": self.entry.title}]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.entry.latest_revision_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        draft = self.entry.get_latest_revision_as_object()
        user: Any = self.request.user
        return context | {
            "entry": self.entry,
            "differences": get_differences(self.entry, draft),
            "by": get_proposers(self.entry, self.task_state.workflow_state),
            "actions": self.actions,
            "is_own": bool(self.actions) and "approve" not in self.actions,
            "is_alone": not other_reviewers(user).exists(),
            "needs_two": self.entry.needs_two_people,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.entry.pk]),
            "draft_url": reverse("wagtailadmin_pages:view_draft", args=[self.entry.pk]),
        }

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        action = next((name for name in ("approve", "reject") if name in self.request.POST), "")
        if action not in self.actions:
            messages.error(self.request, _("Vous ne pouvez pas répondre à ce changement."))
            return redirect(self.request.path)
        if form.cleaned_data["seen"] != self.entry.latest_revision_id:
            words = _("La proposition a changé pendant que vous lisiez. Relisez-la.")
            messages.warning(self.request, words)
            return redirect(self.request.path)
        self._answer(action, form.cleaned_data["word"])
        words = _("C’est publié.") if action == "approve" else _("C’est refusé, et dit.")
        messages.success(self.request, f"« {self.entry.title} » : {words}")
        return redirect(get_valid_next_url_from_request(self.request) or "directory_changes")

    @transaction.atomic
    def _answer(self, action: str, word: str) -> None:
        task = self.task_state.task.specific
        task.on_action(self.task_state, self.request.user, action, comment=word)


def admin_urls() -> list[URLPattern]:
    return [
        *report_urls("annuaire/changements/", PendingChangesView),
        path("annuaire/changements/<int:pk>/", ReviewChangeView.as_view(), name="directory_change"),
    ]
