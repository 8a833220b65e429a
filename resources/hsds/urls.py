"""The addresses that HSDS gives to a server, below ``/api/hsds/``."""

from django.urls import path

from resources.hsds import views

BASE = "api/hsds"

urlpatterns = [
    path(f"{BASE}/", views.root, name="hsds"),
    path(BASE, views.root),
    path(f"{BASE}/openapi.json", views.openapi, name="hsds_openapi"),
]
for name, one in views.COLLECTIONS.items():
    urlpatterns += [
        path(f"{BASE}/{name}", one.list_view, name=one.url_name),
        path(f"{BASE}/{name}/<str:identifier>", one.object_view, name=one.object_url_name),
    ]
