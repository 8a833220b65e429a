"""What the portal refuses to start with, once open to the public."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import LazySettings
from django.conf import settings as project
from django.core.checks import CheckMessage

import pytest

from portal.base.checks import production as production_checks

SAFE: dict[str, Any] = {
    "PORTAL_IS_PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k7Qd0vXzB2mN8sLrT4wYc6GhJpF1uEaIo3WqZxVbKyMtRnDj5P",
    "ALLOWED_HOSTS": ["sante-mentale.example.org"],
    "WAGTAILADMIN_BASE_URL": "https://sante-mentale.example.org",
    "DEFAULT_FROM_EMAIL": "contact@example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "PORTAL_HASH_KEY": "Zr3hXq8Lw1NvTb6YkMc0PdSf9GjUe2RaOi5WtHxVzKyBnQmDl7",
    "ANYMAIL": {},
    "PORTAL_WEB_SERVER": "nginx",
}
BREVO = "anymail.backends.brevo.EmailBackend"
WEBHOOK_SECRET = {"WEBHOOK_SECRET": "portail:h7Kq2mWx9Tz4Lb6N"}


def refusals(settings: LazySettings, **changes: Any) -> list[CheckMessage]:
    for name, value in {**SAFE, **changes}.items():
        setattr(settings, name, value)
    return [
        *production_checks.check_production_settings(),
        *production_checks.check_mail_settings(),
    ]


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
        ("EMAIL_BACKEND", "portal.mail.file_backend.FileEmailBackend", "portal.E107"),
        ("PORTAL_HASH_KEY", "", "portal.W102"),
        ("PORTAL_HASH_KEY", "trop-courte", "portal.E108"),
        ("PORTAL_HASH_KEY", "changez-moi-" + SAFE["PORTAL_HASH_KEY"], "portal.E108"),
        ("ANYMAIL", {"WEBHOOK_SECRET": "sans-deux-points-mais-assez-long"}, "portal.E109"),
        ("ANYMAIL", {"WEBHOOK_SECRET": "portail:court"}, "portal.E109"),
        ("ANYMAIL", {"WEBHOOK_SECRET": ":h7Kq2mWx9Tz4Lb6N"}, "portal.E109"),
        ("PORTAL_METRICS_TOKEN", "trop-courte", "portal.E111"),
        ("PORTAL_WEB_SERVER", "", "portal.E110"),
        ("PORTAL_WEB_SERVER", "aucun", "portal.E110"),
    ],
)
def test_an_unsafe_setting_is_refused_by_its_name(
    settings: LazySettings, name: str, value: object, code: str
) -> None:
    found = refusals(settings, **{name: value})
    assert [message.id for message in found] == [code]
    variable = {
        "WAGTAILADMIN_BASE_URL": "PORTAL_BASE_URL",
        "EMAIL_BACKEND": "EMAIL_URL",
        "ANYMAIL": "PORTAL_WEBHOOK_SECRET",
    }
    assert variable.get(name, name) in found[0].msg
    assert found[0].hint


def test_a_mail_service_that_calls_back_is_accepted(settings: LazySettings) -> None:
    assert refusals(settings, EMAIL_BACKEND=BREVO, ANYMAIL=WEBHOOK_SECRET) == []


def test_a_mail_service_that_cannot_call_back_is_said(settings: LazySettings) -> None:
    (found,) = refusals(settings, EMAIL_BACKEND=BREVO)
    assert found.id == "portal.W103"
    assert "PORTAL_WEBHOOK_SECRET" in found.msg


def test_scaleway_which_is_asked_need_not_call_back(settings: LazySettings) -> None:
    assert refusals(settings, EMAIL_BACKEND="anymail.backends.scaleway.EmailBackend") == []


def test_other_settings_are_left_alone(settings: LazySettings) -> None:
    wrong = {"DEBUG": True, "SECRET_KEY": "", "PORTAL_HASH_KEY": "", "EMAIL_BACKEND": BREVO}
    assert refusals(settings, PORTAL_IS_PRODUCTION=False, **wrong) == []


@pytest.mark.parametrize(
    ("engine", "version", "said"),
    [
        ("sqlite3", (3, 40, 1), ["portal.W101"]),
        ("sqlite3", (3, 51, 3), []),
        ("postgresql", (3, 40, 1), []),
    ],
)
def test_an_old_sqlite_is_said_as_jobs_write_beside_the_site(
    monkeypatch: pytest.MonkeyPatch, engine: str, version: tuple[int, ...], said: list[str]
) -> None:
    monkeypatch.setattr(production_checks.sqlite3, "sqlite_version_info", version)
    databases = {"default": {"ENGINE": f"django.db.backends.{engine}"}}
    # Seen through a copy: Django's own settings of the test database stay as they are.
    monkeypatch.setattr(
        production_checks, "settings", type("Settings", (), {"DATABASES": databases})
    )
    assert [message.id for message in production_checks.check_sqlite_version()] == said


@pytest.mark.parametrize(("front", "starts"), [("", False), ("granian", False), ("nginx", True)])
def test_the_portal_does_not_start_in_public_without_a_front(
    tmp_path: Path, front: str, starts: bool
) -> None:
    """As a web server would: by importing its door, with the settings of production."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": SAFE["SECRET_KEY"],
        "PORTAL_HASH_KEY": SAFE["PORTAL_HASH_KEY"],
        "ALLOWED_HOSTS": "sante-mentale.example.org",
        "PORTAL_BASE_URL": "https://sante-mentale.example.org",
        "DEFAULT_FROM_EMAIL": "contact@example.org",
        "EMAIL_URL": "smtp+tls://compte:motdepasse@smtp.example.org:587",
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_WEB_SERVER": front,
    }
    done = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) is starts, done.stderr
    assert ("(portal.E110)" in done.stderr) is not starts
