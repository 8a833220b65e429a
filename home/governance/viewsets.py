"""« Réunions », and « Décisions à suivre »: what meetings decided and nobody has done yet."""

from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

import django_filters

from home.choices import DecisionState
from home.models import GovernanceBody, Meeting, MeetingDecision
from home.models.meeting import get_bodies


class MeetingIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        """Each with its ``body_name``, empty when the body has left the page of the PTSM."""
        bodies = GovernanceBody.objects.filter(uuid=OuterRef("body"), locale=Locale.get_default())
        return super().get_base_queryset().annotate(body_name=Subquery(bodies.values("name")[:1]))


class MeetingFilterSet(WagtailFilterSet):
    body = django_filters.ChoiceFilter(
        label=_("Instance"),
        choices=lambda: list(get_bodies().items()),
        widget=forms.RadioSelect,
        empty_label=_("Toutes"),
    )

    class Meta:
        model = Meeting
        fields: list[str] = []


class MeetingViewSet(SnippetViewSet):
    model = Meeting
    icon = "group"
    menu_label = _("Réunions")
    menu_hook = "register_project_menu_item"
    menu_order = 31
    copy_view_enabled = False
    index_view_class = MeetingIndexView
    filterset_class = MeetingFilterSet
    ordering = ["-date", "-pk"]
    list_per_page = 50

    list_display = [
        "__str__",
        Column("body_name", label=_("Instance"), accessor=lambda one: one.body_name or "–"),
        Column("place", label=_("Lieu"), accessor=lambda one: one.place or "–"),
        BooleanColumn("is_public", label=_("Public")),
    ]


class DecisionListView(ReportView):
    """Those that are still to be done, the oldest date first."""

    permission_policy = ModelPermissionPolicy(Meeting)
    any_permission_required = ("change", "view")
    index_url_name = "decisions_to_follow"
    index_results_url_name = "decisions_to_follow_results"
    page_title = _("Décisions à suivre")
    header_icon = "tasks"
    columns = [
        TitleColumn(
            "text",
            label=_("Décision"),
            get_url=lambda one: reverse("wagtailsnippets_home_meeting:edit", args=[one.meeting_id]),
        ),
        Column("owner", label=_("Qui s’en occupe"), accessor=lambda one: one.owner or "–"),
        DateColumn("due_on", label=_("Pour le")),
        Column(
            "is_late",
            label=_("Retard"),
            accessor=lambda one: _("en retard") if one.is_late else "–",
        ),
        Column("meeting", label=_("Réunion du"), accessor=lambda one: str(one.meeting)),
    ]
    list_export = ["text", "owner", "due_on", "meeting.date", "get_state_display"]
    export_headings = {
        "text": _("Décision"),
        "owner": _("Qui s’en occupe"),
        "due_on": _("Pour le"),
        "meeting.date": _("Réunion du"),
        "get_state_display": _("Suite"),
    }

    def get_filename(self) -> str:
        return f"decisions-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[MeetingDecision]:
        waiting = MeetingDecision.objects.filter(state=DecisionState.TO_DO)
        return waiting.select_related("meeting")

    def order_queryset(self, queryset: QuerySet[MeetingDecision]) -> QuerySet[MeetingDecision]:
        return queryset.order_by(F("due_on").asc(nulls_last=True), "meeting__date", "sort_order")
