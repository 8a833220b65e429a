"""Addresses of sign-in. Wagtail's own, which do not limit attempts, redirect to it."""

from django.urls import include, path

from portal.sign_in.views import editor_door, second_factor

urlpatterns = [
    path("admin/login/", editor_door, name="editor_door"),
    path("_util/login/", editor_door),
    path("compte/deuxieme-etape/", second_factor, name="second_factor"),
    path("compte/", include("allauth.urls")),
]
