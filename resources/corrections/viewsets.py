"""« Erreurs signalées » and « Structures proposées »: the editor's lists and answer forms."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

import django_filters

from portal.base.admin_return import ReturnToNextMixin
from portal.exports.admin_export import HarmlessExportMixin
from resources.choices import ErrorSubject
from resources.corrections import services
from resources.corrections.create_entry import CreateEntryView, NoAddPermissionPolicy
from resources.corrections.drafts import get_source_directory
from resources.corrections.services import CorrectionMessage, editor_url
from resources.models import CorrectionState, EntryProposal, ErrorReport


class MessageFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("État"),
        choices=CorrectionState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    received_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Reçu"), widget=DateRangePickerWidget
    )


class ReportFilterSet(MessageFilterSet):
    about = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Ce qui ne va pas"),
        choices=ErrorSubject.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ErrorReport
        fields: list[str] = []


class ProposalFilterSet(MessageFilterSet):
    class Meta:
        model = EntryProposal
        fields: list[str] = []


class MessagePanel(Panel):
    """What was sent, read only, and what may be done about it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/corrections/admin/details.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            correction, user = self.instance, self.request.user
            entry = correction.entry
            may_edit = entry and entry.permissions_for_user(user).can_edit()
            directory = get_source_directory()
            may_add = directory and directory.permissions_for_user(user).can_add_subpage()
            return context | {
                "correction": correction,
                "entry_url": editor_url(entry) if may_edit else "",
                "is_closed": getattr(correction, "about", "") == ErrorSubject.CLOSED,
                "may_make_entry": isinstance(correction, EntryProposal) and not entry and may_add,
            }


class MessageIndexView(HarmlessExportMixin, generic.IndexView):
    row_keys: tuple[str, ...] = ("entry",)

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related(*self.row_keys)


class MessageEditView(ReturnToNextMixin, generic.EditView):
    """The state and a word; whoever left an address gets both by mail."""

    error_message = gettext_lazy("Rien n’est enregistré : voyez plus bas pourquoi.")

    def save_instance(self) -> CorrectionMessage:
        before = (self.form.initial["state"], self.form.initial["answer"])
        correction = self.form.save(commit=False)
        self.is_mailed = services.send_answer(correction, before)
        self.has_content_changes = self.form.has_changed()
        log(instance=correction, action="wagtail.edit", content_changed=self.has_content_changes)
        return correction

    def get_success_message(self) -> str:
        if self.is_mailed:
            return _("C’est enregistré : la réponse part par e-mail.")
        return _("C’est enregistré.")


class MessageViewSet(ModelViewSet):
    """What the two lists share."""

    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MessageIndexView
    edit_view_class = MessageEditView
    list_per_page = 50
    ordering = ["-received_at", "-pk"]
    panels = [
        MessagePanel(heading=gettext_lazy("Ce qui a été écrit")),
        MultiFieldPanel(
            [FieldPanel("state"), FieldPanel("answer")], heading=gettext_lazy("Réponse")
        ),
    ]
    state_columns = [
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda correction: not correction.is_answered,
        ),
        DateColumn("received_at", label=gettext_lazy("Reçu"), sort_key="received_at"),
        BooleanColumn(
            "email",
            label=gettext_lazy("Attend une réponse par e-mail"),
            accessor=lambda correction: bool(correction.email and not correction.is_answered),
        ),
    ]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return NoAddPermissionPolicy(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [one for one in super().get_urlpatterns() if one.name not in ("usage", "add")]


class ErrorReportViewSet(MessageViewSet):
    model = ErrorReport
    name = "error_reports"
    url_prefix = "annuaire/erreurs"
    icon = "warning"
    menu_label = gettext_lazy("Erreurs signalées")
    filterset_class = ReportFilterSet
    search_fields = ["entry__title", "text"]
    list_display = [
        "__str__",
        Column("entry", label=gettext_lazy("Fiche"), sort_key="entry__title"),
        *MessageViewSet.state_columns,
    ]
    list_export = ["received_at", "get_about_display", "entry", "text", "get_state_display",
                   "answered_at", "answer"]  # fmt: skip
    export_headings = {
        "get_about_display": gettext_lazy("Ce qui ne va pas"),
        "get_state_display": gettext_lazy("État"),
    }
    export_filename = "erreurs-signalees"


class EntryProposalViewSet(MessageViewSet):
    model = EntryProposal
    name = "entry_proposals"
    url_prefix = "annuaire/propositions"
    icon = "plus-inverse"
    menu_label = gettext_lazy("Structures proposées")
    filterset_class = ProposalFilterSet
    search_fields = ["name", "text"]
    list_display = [
        "name",
        Column("type", label=gettext_lazy("Type"), sort_key="type__order"),
        Column("commune", label=gettext_lazy("Commune"), sort_key="commune__slug"),
        *MessageViewSet.state_columns,
    ]
    list_export = ["received_at", "name", "type", "commune", "address", "phone", "website",
                   "text", "is_from_structure", "get_state_display", "answered_at", "answer",
                   "entry"]  # fmt: skip
    export_headings = {"get_state_display": gettext_lazy("État")}
    export_filename = "structures-proposees"

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(row_keys=("entry", "type", "commune"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        make = self.construct_view(CreateEntryView, edit_url_name=self.get_url_name("edit"))
        return [*super().get_urlpatterns(), path("fiche/<int:pk>/", make, name="make_entry")]
