from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers: nothing is read, so nothing else can make it fail."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
