"""Addresses of machines, of paper and of forms; each part of the directory has its own list."""

from django.urls import URLPattern, URLResolver

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = []
