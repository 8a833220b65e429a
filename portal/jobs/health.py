"""What a monitor asks: whether this process answers, and whether the portal does its work."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.jobs.registry import late_jobs


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers: nothing is read, so nothing else can make it fail."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether all is as it should be: no version is given, and nobody is named."""
    states = _states()
    is_ready = all(state == "ok" for state in states.values())
    return JsonResponse({"ready": is_ready, **states}, status=200 if is_ready else 503)


def _states() -> dict[str, str]:
    """In the order in which each makes sense: the first that is wrong is the last that is told."""
    try:
        if not _known_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
            return {"database": "ok", "migrations": "missing"}
        late = [job.name for job in late_jobs()]
    except Error:
        return {"database": "away"}
    jobs = f"late: {', '.join(late)}" if late else "ok"
    return {"database": "ok", "migrations": "ok", "jobs": jobs}


@cache
def _known_migrations() -> set[tuple[str, str]]:
    """Those that this version of the portal comes with."""
    return set(MigrationLoader(None).disk_migrations)
