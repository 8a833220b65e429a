"""Addresses of the directory as data; the end of each says its format."""

from django.urls import path

from resources.open_data import changelog, embed_views, views

urlpatterns = [
    path("api/annuaire.json", views.annuaire_json, name="annuaire_json"),
    path("api/annuaire.csv", views.annuaire_csv, name="annuaire_csv"),
    path("api/annuaire.xlsx", views.annuaire_xlsx, name="annuaire_xlsx"),
    path("api/annuaire.geojson", views.annuaire_geojson, name="annuaire_geojson"),
    path("api/data-inclusion/structures.json", views.structures, name="di_structures"),
    path("api/data-inclusion/services.json", views.services, name="di_services"),
    path("api/changements.json", changelog.as_json, name="changes_json"),
    path("api/changements.xml", changelog.as_atom, name="changes_atom"),
    path("integrer/", embed_views.builder, name="embed_builder"),
    path("integrer/annuaire/", embed_views.frame, name="embed_frame"),
]
