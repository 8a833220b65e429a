"""« Tâches du portail »: the report of periodic jobs and of publications that were refused."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.registry import ensure_job_rows, jobs
from portal.jobs.standstill import standstills

PERIODS = (
    (timedelta(days=1), gettext_lazy("chaque jour"), gettext_lazy("tous les %d jours")),
    (timedelta(hours=1), gettext_lazy("chaque heure"), gettext_lazy("toutes les %d heures")),
    (timedelta(minutes=1), gettext_lazy("chaque minute"), gettext_lazy("toutes les %d minutes")),
    (timedelta(seconds=1), "", gettext_lazy("toutes les %d secondes")),
)


def format_period(every: timedelta) -> str:
    for unit, one, several in PERIODS:
        if every >= unit:
            return str(one) if every == unit else str(several) % (every // unit)
    return _("à chaque passage")


def format_moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F, H:i") if moment else _("jamais")


class StateColumn(Column):
    """State of a job (on time, late, failing), with the result or the error of its last run."""

    cell_template_name = "jobs/state_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        """``instance``: a PeriodicJob, with what ``decorate_paginated_queryset`` adds."""
        context = super().get_cell_context_data(instance, parent_context)
        context["message"] = instance.last_message
        context["is_wrong"] = instance.failing_since or instance.late
        return context


class PeriodicJobsView(ReportView):
    """Report of every job of this version of the portal, and of its last run."""

    index_url_name = "periodic_jobs"
    index_results_url_name = "periodic_jobs_results"
    results_template_name = "jobs/report_results.html"
    page_title = gettext_lazy("Tâches du portail")
    header_icon = "history"
    permission_policy = ModelPermissionPolicy(PeriodicJob)
    any_permission_required = ("change",)
    columns = [
        Column("label", label=gettext_lazy("Tâche")),
        Column("rhythm", label=gettext_lazy("Quand")),
        Column("succeeded", label=gettext_lazy("Dernière réussite")),
        StateColumn("state", label=gettext_lazy("État")),
    ]
    list_export = ["label", "rhythm", "succeeded", "state", "last_message"]
    export_headings = {
        "label": gettext_lazy("Tâche"),
        "rhythm": gettext_lazy("Quand"),
        "succeeded": gettext_lazy("Dernière réussite"),
        "state": gettext_lazy("État"),
        "last_message": gettext_lazy("Dernier message"),
    }

    def get_base_queryset(self) -> QuerySet[PeriodicJob]:
        ensure_job_rows()
        return PeriodicJob.objects.filter(name__in=[job.name for job in jobs()])

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> Sequence[Any]:
        known = {job.name: job for job in jobs()}
        now = timezone.now()
        for row in object_list:
            job = known[row.name]
            row.label = str(job.label)
            row.rhythm = format_period(job.every)
            row.succeeded = format_moment(row.last_succeeded_at)
            row.late = row.is_late(job.every, now)
            row.state = format_state(row)
        return object_list

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["standstills"] = StandstillPanel()
        context["blocked_publications"] = BlockedPublicationsPanel()
        return context


def format_state(row: Any) -> str:
    """The state in French: « échoue » with the error, « en retard » when nothing runs it."""
    if row.failing_since:
        return _("échoue depuis le %(moment)s") % {"moment": format_moment(row.failing_since)}
    if row.never_ran:
        return _("en retard : n’a jamais tourné") if row.late else _("pas encore lancée")
    return _("en retard") if row.late else _("à l’heure")


class StandstillPanel(Component):
    """A red banner when something stands still; nothing when all goes on."""

    name = "standstills"
    template_name = "jobs/standstills.html"
    order = 1

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        may_see = PeriodicJobsView.permission_policy.user_has_any_permission(user, ["change"])
        return {
            "standstills": standstills(),
            "url": reverse(PeriodicJobsView.index_url_name) if may_see else "",
        }


class BlockedPublicationsPanel(Component):
    """Content whose scheduled publication was refused, for those who may correct it."""

    name = "blocked_publications"
    template_name = "base/dashboard/failed_items.html"
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        finder = AdminURLFinder(parent_context["request"].user)
        return {
            "anchor": "publications-impossibles",
            "heading": _("Publications impossibles"),
            "advice": _(
                "Ces contenus n’ont pas pu paraître à l’heure prévue. Corrigez ce qui est dit "
                "à côté de chacun : le portail réessaie chaque minute. Pour corriger le contenu "
                "lui-même, ouvrez-le et annulez d’abord sa programmation."
            ),
            "items": [
                {
                    "title": str(one),
                    "url": finder.get_edit_url(one.revision.content_object),
                    "where": format_moment(one.revision.approved_go_live_at),
                    "reason": one.reason,
                }
                for one in BlockedPublication.objects.waiting()
            ],
        }
