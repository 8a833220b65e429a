"""What the portal refuses to start with, once open to the public."""

from typing import Any

from django.conf import LazySettings
from django.core.checks import CheckMessage

import pytest

from portal.base import production_checks

SAFE: dict[str, Any] = {
    "PORTAL_IS_PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k7Qd0vXzB2mN8sLrT4wYc6GhJpF1uEaIo3WqZxVbKyMtRnDj5P",
    "ALLOWED_HOSTS": ["sante-mentale.example.org"],
    "WAGTAILADMIN_BASE_URL": "https://sante-mentale.example.org",
    "DEFAULT_FROM_EMAIL": "contact@example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def refusals(settings: LazySettings, **changes: Any) -> list[CheckMessage]:
    for name, value in {**SAFE, **changes}.items():
        setattr(settings, name, value)
    return production_checks.unsafe_settings_are_refused()


def test_complete_settings_are_accepted(settings: LazySettings) -> None:
    assert refusals(settings) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEBUG", True, "portal.E101"),
        ("SECRET_KEY", "", "portal.E102"),
        ("SECRET_KEY", "trop-courte", "portal.E102"),
        ("SECRET_KEY", "a" * 80, "portal.E102"),
        ("SECRET_KEY", "changez-moi-" + SAFE["SECRET_KEY"], "portal.E102"),
        ("ALLOWED_HOSTS", [], "portal.E103"),
        ("ALLOWED_HOSTS", ["*"], "portal.E103"),
        ("WAGTAILADMIN_BASE_URL", "", "portal.E104"),
        ("WAGTAILADMIN_BASE_URL", "http://sante-mentale.example.org", "portal.E104"),
        ("WAGTAILADMIN_BASE_URL", "https://sante-mentale.example.org/site", "portal.E104"),
        ("WAGTAILADMIN_BASE_URL", "https://autre.example.org", "portal.E105"),
        ("DEFAULT_FROM_EMAIL", "portail@localhost", "portal.E106"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "portal.E107"),
    ],
)
def test_an_unsafe_setting_is_refused_by_its_name(
    settings: LazySettings, name: str, value: object, code: str
) -> None:
    found = refusals(settings, **{name: value})
    assert [message.id for message in found] == [code]
    variable = {"WAGTAILADMIN_BASE_URL": "PORTAL_BASE_URL", "EMAIL_BACKEND": "EMAIL_URL"}
    assert variable.get(name, name) in found[0].msg
    assert found[0].hint


def test_other_settings_are_left_alone(settings: LazySettings) -> None:
    assert refusals(settings, PORTAL_IS_PRODUCTION=False, DEBUG=True, SECRET_KEY="") == []


def test_an_old_sqlite_beside_a_worker_is_said(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production_checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    sqlite = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
    worker = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    # Seen through a copy: Django's own settings of the test database stay as they are.
    monkeypatch.setattr(
        production_checks,
        "settings",
        type("Settings", (), {"DATABASES": sqlite, "TASKS": worker}),
    )
    assert [message.id for message in production_checks._database()] == ["portal.W101"]
