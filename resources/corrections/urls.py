"""Addresses of the public forms of corrections, and of their follow-up pages."""

from django.urls import URLPattern, URLResolver, path

from resources.corrections import views

# Keys are letters, digits, « - » and « _ »: what is not cannot be one.
urlpatterns: list[URLPattern | URLResolver] = [
    path("fiche/<uuid:uuid>/signaler/", views.report, name="report_error"),
    path("signalement/<slug:key>/", views.report_followed, name="report_followed"),
    path("proposer-une-structure/", views.propose, name="propose_entry"),
    path("proposition/<slug:key>/", views.proposal_followed, name="proposal_followed"),
]
