"""Addresses of sign-in. Wagtail's own, which do not limit attempts, redirect to it."""

from django.urls import include, path

from portal.users.views import editor_door

urlpatterns = [
    path("admin/login/", editor_door, name="editor_door"),
    path("_util/login/", editor_door),
    path("compte/", include("allauth.urls")),
]
