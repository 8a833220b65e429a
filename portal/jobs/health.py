"""Health checks for a monitor: ``/healthz`` (the process answers), ``/readyz`` (the jobs run)."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cryptography.x509 import load_pem_x509_certificate

from portal.files.disk import disk_state
from portal.jobs.registry import late_jobs
from portal.jobs.standstill import standstills

#: certbot renews a month before the end: two weeks before, it has failed several times.
SHORTEST_CERTIFICATE = timedelta(days=14)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer « ok » without reading anything, so that only a dead process fails it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the portal does its work, else 503; names no version and nobody."""
    states = readiness_states()
    is_ready = all(state == "ok" for state in states.values())
    return JsonResponse({"ready": is_ready, **states}, status=200 if is_ready else 503)


def readiness_states() -> dict[str, str]:
    """The checks, in the order of their dependencies; a database that fails is the last reported.

    Values are words for a program: « ok », or what is wrong.
    """
    states = {"disk": disk_state()}
    try:
        if not _known_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
            return {**states, "database": "ok", "migrations": "missing"}
        late = [job.name for job in late_jobs()] or [one.name for one in standstills()]
    except Error:
        return {**states, "database": "away"}
    states |= {"database": "ok", "migrations": "ok"}
    states["jobs"] = f"late: {', '.join(late)}" if late else "ok"
    if settings.PORTAL_CERTIFICATE_FILE:
        states["certificate"] = certificate_state(Path(settings.PORTAL_CERTIFICATE_FILE))
    return states


def certificate_state(file: Path, now: datetime | None = None) -> str:
    """« ok », « ends in N days » (renewing it fails), « ended » or « unreadable »."""
    try:
        ends = load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return "unreadable"
    left = ends - (now or timezone.now())
    if left >= SHORTEST_CERTIFICATE:
        return "ok"
    return f"ends in {left.days} days" if left > timedelta() else "ended"


@cache
def _known_migrations() -> set[tuple[str, str]]:
    """The migrations that this version of the code holds."""
    return set(MigrationLoader(None).disk_migrations)
