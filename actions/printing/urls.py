"""Address of the PDF of the roadmap."""

from django.urls import path

from actions.printing import views

urlpatterns = [path("feuille-de-route.pdf", views.roadmap, name="roadmap_pdf")]
