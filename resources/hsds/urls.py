"""The addresses that HSDS gives to a server, below ``/api/hsds/``."""

from django.urls import path

from resources.hsds import views

BASE = "api/hsds"

urlpatterns = [
    path(f"{BASE}/", views.root, name="hsds"),
    path(BASE, views.root),
    path(f"{BASE}/openapi.json", views.openapi, name="hsds_openapi"),
    path(f"{BASE}/services", views.services, name="hsds_services"),
    path(f"{BASE}/services/<str:identifier>", views.service, name="hsds_service"),
    path(f"{BASE}/organizations", views.organizations, name="hsds_organizations"),
    path(f"{BASE}/organizations/<str:identifier>", views.organization, name="hsds_organization"),
    path(f"{BASE}/service_at_locations", views.services_at_locations, name="hsds_at_locations"),
    path(
        f"{BASE}/service_at_locations/<str:identifier>",
        views.service_at_location,
        name="hsds_at_location",
    ),
    path(f"{BASE}/taxonomies", views.taxonomies, name="hsds_taxonomies"),
    path(f"{BASE}/taxonomies/<str:identifier>", views.taxonomy, name="hsds_taxonomy"),
    path(f"{BASE}/taxonomy_terms", views.taxonomy_terms, name="hsds_terms"),
    path(f"{BASE}/taxonomy_terms/<str:identifier>", views.taxonomy_term, name="hsds_term"),
]
