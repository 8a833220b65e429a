"""Addresses of the roadmap beside its pages: open data and PDF; one list a package."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "actions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("actions.open_data.urls")),
    path("", include("actions.pilots.urls")),
    path("", include("actions.printing.urls")),
]
