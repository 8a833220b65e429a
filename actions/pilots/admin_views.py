"""« Nouvelles des pilotes »: what waits to be read, and the screen that answers one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
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
from wagtail.permission_policies import ModelPermissionPolicy

from actions.models import ActionPage, PilotUpdate
from actions.pilots import services
from actions.pilots.changes import get_changes
from portal.base.admin_menu import report_urls

#: What pilots write of their difficulties is read by those who keep their names, nobody else.
POLICY = ModelPermissionPolicy(PilotUpdate)


class PilotUpdatesPermissionMixin(PermissionCheckedMixin):
    permission_policy = POLICY
    any_permission_required = ("change",)


class PilotUpdateListView(PilotUpdatesPermissionMixin, ReportView):
    """What waits, the oldest first."""

    index_url_name = "pilot_updates"
    index_results_url_name = "pilot_updates_results"
    page_title = gettext_lazy("Nouvelles des pilotes")
    header_icon = "comment"
    columns = [
        TitleColumn(
            "action",
            label=gettext_lazy("Action"),
            accessor=lambda one: one.action.get_admin_display_title(),
            get_url=lambda one: reverse("pilot_update", args=[one.pk]),
        ),
        Column("pilot", label=gettext_lazy("De"), accessor=lambda one: one.pilot or "–"),
        Column("sentence", label=gettext_lazy("Phrase"), accessor=lambda one: one.sentence or "–"),
        DateColumn("received_at", label=gettext_lazy("Reçue")),
    ]
    list_export: list[str] = []

    def get_base_queryset(self) -> QuerySet[PilotUpdate]:
        return PilotUpdate.objects.waiting().select_related("action", "pilot")

    def order_queryset(self, queryset: QuerySet[PilotUpdate]) -> QuerySet[PilotUpdate]:
        return queryset


class PilotUpdateForm(forms.Form):
    sentence = forms.CharField(
        label=gettext_lazy("La phrase que le public lira"),
        max_length=PilotUpdate._meta.get_field("sentence").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vous pouvez la reprendre. Vide : pas de note au journal."),
    )


class PilotUpdateView(PilotUpdatesPermissionMixin, WagtailAdminTemplateMixin, FormView):
    """What a pilot told beside what readers see, and the answer."""

    form_class = PilotUpdateForm
    template_name = "actions/pilots/admin/update.html"
    page_title = gettext_lazy("Nouvelle d’un pilote")
    header_icon = "comment"
    _show_breadcrumbs = True

    @cached_property
    def update(self) -> PilotUpdate:
        updates = PilotUpdate.objects.select_related("action", "pilot")
        update = updates.filter(pk=self.kwargs["pk"]).first()
        if update is None:
            raise Http404
        return update

    @cached_property
    def rights(self) -> Any:
        return self.update.action.permissions_for_user(self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.update.action.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        every = {"url": reverse("pilot_updates"), "label": _("Nouvelles des pilotes")}
        return [*self.breadcrumbs_items, every, {"url": "", "label": self.get_page_subtitle()}]

    def get_initial(self) -> dict[str, Any]:
        return {"sentence": self.update.sentence}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        action: ActionPage = self.update.action.get_latest_revision_as_object()
        return context | {
            "update": self.update,
            "action": action,
            "changes": get_changes(self.update, action),
            "is_waiting": self.update in PilotUpdate.objects.waiting(),
            "can_publish": self.rights.can_publish() and not self.rights.page_locked(),
            "has_draft": action.live and action.has_unpublished_changes,
        }

    def form_valid(self, form: PilotUpdateForm) -> HttpResponse:
        try:
            return self._answer(form)
        except services.AlreadyDecided:
            messages.warning(self.request, _("Quelqu’un y a déjà répondu."))
        except ValidationError as error:
            for words in error.messages:
                form.add_error(None, words)
            return self.form_invalid(form)
        return redirect("pilot_updates")

    def _answer(self, form: PilotUpdateForm) -> HttpResponse:
        user: Any = self.request.user
        title = self.get_page_subtitle()
        if "refuse" in self.request.POST:
            services.refuse_update(self.update, user)
            messages.success(self.request, _("Rien n’est publié."))
        elif self.rights.can_publish() and not self.rights.page_locked():
            services.publish_update(self.update, user, form.cleaned_data["sentence"].strip())
            words = _("« %(title)s » est à jour.") % {"title": title}
            messages.success(self.request, words)
        else:
            messages.error(self.request, _("Cette fiche est verrouillée : rien n’est publié."))
        return redirect(get_valid_next_url_from_request(self.request) or "pilot_updates")


def admin_urls() -> list[URLPattern]:
    return [
        *report_urls("projet/nouvelles/", PilotUpdateListView),
        path("projet/nouvelles/<int:pk>/", PilotUpdateView.as_view(), name="pilot_update"),
    ]
