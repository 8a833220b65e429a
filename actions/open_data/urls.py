"""Addresses of the roadmap as data."""

from django.urls import path

from actions.open_data import views

urlpatterns = [
    path("api/actions.json", views.actions_json, name="actions_json"),
    path("api/actions.csv", views.actions_csv, name="actions_csv"),
    path("api/feuille-de-route.json", views.roadmap_json, name="roadmap_json"),
    path("api/feuille-de-route.csv", views.roadmap_csv, name="roadmap_csv"),
]
