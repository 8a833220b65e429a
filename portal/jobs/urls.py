"""Addresses of the health checks."""

from django.urls import path

from portal.jobs.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
