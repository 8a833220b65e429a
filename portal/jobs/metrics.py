"""Figures for Prometheus: ``/metrics``, for whoever holds ``PORTAL_METRICS_TOKEN``.

All are read when they are asked for, from what every process shares (the database, the disk): no
request costs anything, and each process gives the same figures. Labels are names of checks, jobs
and queues of this code: nothing of a reader, a question or a message.
"""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from portal.jobs.health import readiness_states
from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.registry import jobs, late_jobs
from portal.jobs.standstill import oldest_waiting


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; 404 when no token is set, 401 to whoever does not give it."""
    token = settings.PORTAL_METRICS_TOKEN
    if not token:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(PortalCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class PortalCollector(Collector):
    """What ``/readyz`` says, with the figures behind it."""

    def collect(self) -> Iterator[Metric]:
        checks = GaugeMetricFamily("portal_check_ok", "1 when /readyz says ok", labels=["check"])
        for name, state in readiness_states().items():
            checks.add_metric([name], float(state == "ok"))
        yield checks
        yield GaugeMetricFamily(
            "portal_disk_free_bytes",
            "Room left in the folder of the portal",
            value=shutil.disk_usage(settings.VAR_DIR).free,
        )
        try:
            yield from self._from_database()
        except Error:
            return  # said by portal_check_ok

    def _from_database(self) -> Iterator[Metric]:
        now = timezone.now()
        late = {job.name for job in late_jobs(now)}
        rows = {row.name: row for row in PeriodicJob.objects.all()}
        are_late = GaugeMetricFamily("portal_job_late", "1 when a job is late", labels=["job"])
        succeeded = GaugeMetricFamily(
            "portal_job_last_success_timestamp_seconds", "Last success of a job", labels=["job"]
        )
        for job in jobs():
            are_late.add_metric([job.name], float(job.name in late))
            row = rows.get(job.name)
            if row and row.last_succeeded_at:
                succeeded.add_metric([job.name], row.last_succeeded_at.timestamp())
        waiting = GaugeMetricFamily(
            "portal_waiting_seconds", "How long the oldest one waits", labels=["queue"]
        )
        for name, oldest in oldest_waiting(now).items():
            waiting.add_metric([name], (now - oldest).total_seconds() if oldest else 0.0)
        yield from (are_late, succeeded, waiting)
