from django.urls import path

from search.api import views

urlpatterns = [
    path("", views.page, name="api"),
    path("recherche", views.find, name="api_search"),
    path("openapi.json", views.openapi, name="api_openapi"),
    path("<path:rest>", views.not_found),
]
