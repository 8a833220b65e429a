"""Addresses of what can be printed."""

from django.urls import path

from resources.printing import views

urlpatterns = [
    path("annuaire.pdf", views.directory, name="directory_pdf"),
    path("affiche.pdf", views.help_poster, name="poster_pdf"),
    path("imprimer/", views.choices, name="print"),
    path("ici/<slug:slug>/", views.near, name="near"),
]
