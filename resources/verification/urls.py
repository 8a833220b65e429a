"""Addresses of the pages that verification links open."""

from django.urls import path

from resources.verification import views

urlpatterns = [
    path("verifier/<str:key>/", views.verify, name="verify"),
    path("verifier/<str:key>/corriger/", views.correct, name="verify_correct"),
]
