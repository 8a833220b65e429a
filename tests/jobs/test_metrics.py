"""Figures for Prometheus: for who holds the token, and about nobody."""

import re

from django.conf import LazySettings
from django.test import Client

import pytest

from portal.jobs import registry
from portal.mail.queue import post

pytestmark = pytest.mark.django_db

TOKEN = "un-secret-de-mesures-0123456789-0123456789-0123456789"


@pytest.fixture
def answer(client: Client, settings: LazySettings) -> str:
    settings.PORTAL_METRICS_TOKEN = TOKEN
    registry.ensure_job_rows()
    post("camille@exemple.fr", "standstill", "Bonjour Camille", sentence="…", link="/secret/")
    response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def test_without_a_token_there_is_no_such_address(client: Client) -> None:
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer autre", TOKEN, "Bearer é"])
def test_without_the_token_nothing_is_read(
    client: Client, settings: LazySettings, given: str
) -> None:
    settings.PORTAL_METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers={"authorization": given})
    assert (response.status_code, response.content) == (401, b"")


def test_a_monitor_reads_checks_jobs_and_queues(answer: str) -> None:
    assert 'portal_check_ok{check="database"} 1.0' in answer
    assert re.search(r"^portal_disk_free_bytes [1-9]", answer, re.MULTILINE)
    assert re.search(
        r'^portal_job_late\{job="scheduled-publishing"\} [01].0$', answer, re.MULTILINE
    )
    assert re.search(r'^portal_waiting_seconds\{queue="mail"\} [0-9.]+$', answer, re.MULTILINE)


def test_labels_are_names_of_the_code(answer: str) -> None:
    labels = set(re.findall(r'="([^"]*)"', answer))
    assert all(re.fullmatch(r"[a-z0-9_-]+", label) for label in labels), labels
    assert "camille" not in answer.lower()
    assert "secret" not in answer
