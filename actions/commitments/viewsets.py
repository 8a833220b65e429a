"""« Engagements »: the list, and the tables that a meeting of funders asks for."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

import django_filters

from actions.choices import CommitmentFrame, CommitmentState
from actions.commitments.tables import get_tables
from actions.models import Commitment
from portal.exports.tables import FORMATS, ReportTable, export_table


class CommitmentTablesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """By actor, by funder, then line by line; each table is also a file."""

    permission_policy = ModelPermissionPolicy(Commitment)
    any_permission_required = ("add", "change", "view")
    index_url_name = "commitment_tables"
    template_name = "actions/commitments/tables.html"
    page_title = _("Engagements, par acteur et par financeur")
    header_icon = "table"

    @cached_property
    def tables(self) -> list[ReportTable]:
        commitments = Commitment.objects.in_order().select_related("action")
        return get_tables(commitments, timezone.localdate())

    # A view may answer any HttpResponseBase, a file that streams too: the stub knows the page only.
    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        file_format, name = request.GET.get("export", ""), request.GET.get("table", "")
        table = next((one for one in self.tables if one.name == name), None)
        if table is not None and file_format in FORMATS:
            return export_table(table, file_format)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "tables": [
                (one, [(name.upper(), f"?export={name}&table={one.name}") for name in FORMATS])
                for one in self.tables
            ]
        }


class CommitmentFilterSet(WagtailFilterSet):
    frame = django_filters.ChoiceFilter(
        label=_("Cadre"),
        choices=CommitmentFrame.choices,
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )
    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=CommitmentState.choices,
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )

    class Meta:
        model = Commitment
        fields: list[str] = []


class CommitmentIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("action")

    @property
    def header_buttons(self) -> list[Any]:
        url = reverse(CommitmentTablesView.index_url_name)
        words = _("Par acteur et par financeur")
        return [*super().header_buttons, HeaderButton(words, url=url, icon_name="table")]


class CommitmentViewSet(SnippetViewSet):
    model = Commitment
    icon = "clipboard-list"
    menu_label = _("Engagements")
    menu_hook = "register_project_menu_item"
    menu_order = 22
    copy_view_enabled = False
    index_view_class = CommitmentIndexView
    filterset_class = CommitmentFilterSet
    search_fields = ["actor", "what", "funder"]
    search_backend_name = None
    ordering = ["actor", "pk"]
    list_per_page = 50
    list_display = [
        "actor",
        "what",
        "funder",
        "amount",
        "until",
        "get_state_display",
        BooleanColumn("is_public", label=_("Public")),
    ]
