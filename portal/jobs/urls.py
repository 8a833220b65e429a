"""Addresses for monitors: health checks and figures."""

from django.urls import path

from portal.jobs.health import healthz, readyz
from portal.jobs.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
