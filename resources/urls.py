"""Addresses of the directory beside its pages: APIs, printing, forms; one list per package."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("resources.corrections.urls")),
    path("", include("resources.hsds.urls")),
    path("", include("resources.open_data.urls")),
    path("", include("resources.printing.urls")),
    path("", include("resources.referents.urls")),
    path("", include("resources.verification.urls")),
]
