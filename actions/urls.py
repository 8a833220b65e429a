"""Addresses of machines and of paper about the roadmap; each part has its own list."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "actions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("actions.open_data.urls")),
    path("", include("actions.printing.urls")),
]
