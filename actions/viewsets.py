"""The editor's lists of actions and of recommendations."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale

import django_filters

from actions.admin_views import QuickUpdateView, StillRunningView
from actions.choices import CLOSED, ActionStatus, PartnerRole
from actions.imports.import_types import ACTIONS
from actions.imports.target import ActionTarget
from actions.models import ActionPage, Priority, RecommendationPage
from portal.geo.models import Territory


def lateness(action: ActionPage, today: date) -> str:
    """« Retard : 6 semaines », from the oldest date that is past; empty when it is not late."""
    if not action.is_late_on(today):
        return ""
    dates = [step.due_on for step in action.ordered_steps if step.is_overdue(today)]
    if action.planned_end and action.planned_end < today:
        dates.append(action.planned_end)
    days = (today - min(dates)).days
    if days < 14:
        words = ngettext("Retard : %(n)d jour", "Retard : %(n)d jours", days)
        return words % {"n": days}
    if days < 63:
        return gettext("Retard : %(n)d semaines") % {"n": days // 7}
    return gettext("Retard : %(n)d mois") % {"n": days // 30}


class StatusColumn(Column):
    """The state, with how late the action is."""

    cell_template_name = "actions/admin/status_cell.html"

    def get_cell_context_data(self, instance: ActionPage, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"late": lateness(instance, timezone.localdate())}

    def get_value(self, instance: ActionPage) -> str:
        return instance.get_status_display()


class PilotColumn(Column):
    """Who leads the action, or that somebody is to be named."""

    cell_template_name = "actions/admin/pilot_cell.html"

    def get_cell_context_data(self, instance: ActionPage, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"is_open": instance.status not in CLOSED}

    def get_value(self, instance: ActionPage) -> list[str]:
        led = [one for one in instance.partners.all() if one.role == PartnerRole.PILOT]
        return [one.label for one in led]


class DatedColumn(Column):
    """A few words, and a day below them."""

    cell_template_name = "actions/admin/dated_cell.html"


def next_step(action: ActionPage) -> dict[str, Any] | None:
    """The first step that is not done, by its date."""
    undone = [step for step in action.ordered_steps if not step.is_done]
    step = min(undone, key=lambda one: (one.due_on is None, one.due_on), default=None)
    return step and {"words": step.label, "day": step.due_on, "period": step.period}


def last_note(action: ActionPage) -> dict[str, Any] | None:
    note = max(action.notes.all(), key=lambda one: (one.date, one.pk), default=None)
    return note and {"words": note.title, "day": note.date}


class ActionFilterSet(PageFilterSet):
    care = django_filters.ChoiceFilter(
        label=_("À surveiller"),
        choices=[
            ("late", _("En retard")),
            ("silent", _("Sans nouvelle depuis 4 mois")),
            ("without_pilot", _("Sans pilote")),
        ],
        widget=forms.RadioSelect,
        empty_label=_("Toutes"),
        method="to_care_for",
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("État"), choices=ActionStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    priority = django_filters.ModelChoiceFilter(
        label=_("Priorité"),
        queryset=lambda request: Priority.objects.filter(locale=Locale.get_default()),
        widget=forms.RadioSelect,
        empty_label=_("Toutes"),
    )
    territories = django_filters.ModelChoiceFilter(
        label=_("Territoire"),
        queryset=lambda request: Territory.objects.all(),
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
        method="in_territory",
    )

    def to_care_for(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        chosen = {
            "late": ActionPage.objects.late,
            "silent": ActionPage.objects.silent,
            "without_pilot": ActionPage.objects.without_pilot,
        }[value]
        return actions.filter(pk__in=chosen().values("pk"))

    def in_territory(self, actions: QuerySet, name: str, value: Territory) -> QuerySet:
        return actions.filter(pk__in=ActionPage.objects.in_territory(value.slug).values("pk"))

    class Meta:
        model = ActionPage
        fields: list[str] = []


class ActionIndexView(IndexView):
    """All the actions, priority by priority, with what each needs."""

    default_ordering = "sort_reference"
    add_item_label = _("Nouvelle action")
    page_title = _("Actions")
    show_locale_labels = False
    table_classname = f"{IndexView.table_classname} portal-stacked"

    def get_base_queryset(self) -> QuerySet:
        actions = super().get_base_queryset().filter(locale=Locale.get_default())
        return actions.prefetch_related("steps", "notes", "partners__resource")

    def get_page_subtitle(self) -> str:
        return ""

    @property
    def header_buttons(self) -> list[Any]:
        printed = HeaderButton(
            _("Imprimer"), url=reverse("actions:roadmap_pdf"), icon_name="doc-full"
        )
        word = HeaderButton(_("Word"), url=reverse("roadmap_word"), icon_name="doc-full")
        buttons = [*super().header_buttons, printed, word]
        if ActionTarget.allows(self.request.user):
            buttons.append(HeaderButton(_("Tableur"), url=ACTIONS.url, icon_name="table"))
        return buttons


class UpdateColumn(Column):
    """The quick update of one action."""

    cell_template_name = "actions/admin/update_cell.html"


class ActionListingViewSet(PageListingViewSet):
    model = ActionPage
    icon = "list-ul"
    menu_label = _("Actions")
    add_to_admin_menu = True
    menu_order = 30
    index_view_class = ActionIndexView
    filterset_class = ActionFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Action"), sort_key="sort_reference", classname="title"),
        StatusColumn("status", label=_("État"), sort_key="status"),
        PilotColumn("pilot", label=_("Pilote")),
        DatedColumn("next_step", label=_("Prochaine étape"), accessor=next_step),
        DatedColumn("last_note", label=_("Dernière note"), accessor=last_note),
        UpdateColumn("update", label=_("Mise à jour"), accessor="pk"),
        PageStatusColumn("live", label=_("Parution"), sort_key="live"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        update = self.construct_view(QuickUpdateView)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", update, name="update"),
            path("<int:pk>/toujours-en-cours/", StillRunningView.as_view(), name="still_running"),
        ]


class RecommendationListingViewSet(PageListingViewSet):
    model = RecommendationPage
    icon = "list-ul"
    menu_label = _("Recommandations")
    menu_hook = "register_project_menu_item"
    menu_order = 20
