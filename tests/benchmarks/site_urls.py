"""The portal's addresses, and « hello »: what a page costs is told in visits of it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

import portal.urls


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *portal.urls.urlpatterns]
