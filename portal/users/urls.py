"""Sign-in. Wagtail's own doors, which count no attempt, lead to this one."""

from django.urls import include, path

from portal.users.views import editor_door

urlpatterns = [
    path("admin/login/", editor_door, name="editor_door"),
    path("_util/login/", editor_door),
    path("compte/", include("allauth.urls")),
]
