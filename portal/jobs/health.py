"""Health checks for a monitor: ``/healthz`` (the process answers), ``/readyz`` (the jobs run)."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.jobs.registry import late_jobs
from portal.jobs.standstill import standstills


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer « ok » without reading anything, so that only a dead process fails it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the portal does its work, else 503; names no version and nobody."""
    states = _states()
    is_ready = all(state == "ok" for state in states.values())
    return JsonResponse({"ready": is_ready, **states}, status=200 if is_ready else 503)


def _states() -> dict[str, str]:
    """The checks, in the order of their dependencies; the first that fails is the last reported."""
    try:
        if not _known_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
            return {"database": "ok", "migrations": "missing"}
        late = [job.name for job in late_jobs()] or [one.name for one in standstills()]
    except Error:
        return {"database": "away"}
    jobs = f"late: {', '.join(late)}" if late else "ok"
    return {"database": "ok", "migrations": "ok", "jobs": jobs}


@cache
def _known_migrations() -> set[tuple[str, str]]:
    """The migrations that this version of the code holds."""
    return set(MigrationLoader(None).disk_migrations)
