"""Address of the page that the link of a pilot opens."""

from django.urls import path

from actions.pilots import views

urlpatterns = [path("ou-en-est-on/<str:key>/", views.where_we_are, name="where_we_are")]
