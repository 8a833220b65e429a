"""What protects the portal, on one page; what is not known is said to be."""

import json
import subprocess
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from portal.security import advisories
from portal.security.advisories import AuditFailed, Snapshot, read_snapshot, take_snapshot
from portal.security.components import locked_versions
from portal.security.report import make_report
from tests.factories.users import UserFactory, member_of

TODAY = date(2026, 11, 30)
CLEAN = Snapshot(TODAY, "uv audit (OSV)", False, "")


@pytest.mark.django_db
def test_the_report_names_what_protects_and_nobody(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    protected, other = member_of("Coordination"), member_of("Rédaction")
    TOTP.activate(protected, generate_totp_secret())
    UserFactory()
    said = str(make_report(TODAY, CLEAN))
    assert "Django 5" in said
    assert "2 comptes ouvrent l’éditeur, dont 1 ont une deuxième étape" in said
    assert "wrong_passwords : 5 par 15 minutes" in said
    assert "Relevés le 30 novembre 2026" in said
    assert "object-src 'none'" in said
    assert "1 comptes n’ont pas encore choisi" in said.split("Ce qui reste ouvert")[1]
    assert protected.email not in said
    assert other.email not in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("snapshot", "said"),
    [
        (None, "n’ont jamais été relevés"),
        (Snapshot(TODAY - timedelta(days=31), "x", False, ""), "datent de plus d’un mois"),
        (Snapshot(TODAY, "x", True, "django 5.2.1: CVE"), "a un avis de sécurité"),
    ],
)
def test_advisories_that_are_unknown_old_or_bad_are_open(
    snapshot: Snapshot | None, said: str
) -> None:
    assert said in str(make_report(TODAY, snapshot)).split("Ce qui reste ouvert")[1]


@pytest.mark.django_db
def test_the_command_prints_the_report() -> None:
    out = StringIO()
    call_command("security_report", stdout=out)
    assert out.getvalue().startswith("# Sécurité du portail")
    assert "La deuxième étape n’est pas exigée" in out.getvalue()


@pytest.mark.parametrize(("status", "found"), [(0, False), (1, True)])
def test_an_answer_is_kept_with_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, found: bool
) -> None:
    answered(monkeypatch, status)
    path = tmp_path / "a.json"
    take_snapshot(TODAY, tmp_path, path)
    kept = read_snapshot(path)
    assert (kept.day, kept.found) == (TODAY, found)


def test_no_answer_is_not_an_answer_without_advisories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, 2)
    with pytest.raises(AuditFailed, match="dns error"):
        take_snapshot(TODAY, tmp_path, tmp_path / "a.json")
    assert read_snapshot(tmp_path / "a.json") is None


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (subprocess.TimeoutExpired(["uv"], 120), "rien n’est gardé : aucune réponse en 120"),
        (FileNotFoundError("uv"), "rien n’est gardé : uv ne se lance pas"),
    ],
)
def test_a_network_that_hangs_is_said_and_the_former_answer_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception, said: str
) -> None:
    path = tmp_path / "a.json"
    answered(monkeypatch, 0)
    take_snapshot(TODAY, tmp_path, path)

    def fail(*args: Any, **how: Any) -> None:
        raise failure

    monkeypatch.setattr(advisories.subprocess, "run", fail)
    with pytest.raises(CommandError, match=said):
        call_command("audit_libraries")
    assert read_snapshot(path) == Snapshot(
        TODAY, "uv audit (OSV)", False, "Found\ncause: dns error"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"day": "hier"}', '{"day": 3}'])
def test_a_damaged_answer_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert read_snapshot(path) is None


def answered(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    def run(*args: Any, **how: Any) -> subprocess.CompletedProcess:
        return subprocess.CompletedProcess([], status, "Found", "cause: dns error")

    monkeypatch.setattr(advisories.subprocess, "run", run)


def test_the_list_of_components_holds_each_library_that_is_locked() -> None:
    """As « make sbom » writes it, with the development libraries too."""
    done = subprocess.run(  # noqa: S603
        [
            str(settings.BASE_DIR / ".venv" / "bin" / "uv"),
            *("export", "--quiet", "--frozen", "--offline", "--all-extras", "--all-groups"),
            *("--format", "cyclonedx1.5"),
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
        text=True,
    )
    listed = {(one["name"], one["version"]) for one in json.loads(done.stdout)["components"]}
    locked = locked_versions(settings.BASE_DIR)
    assert len(locked) > 80
    assert listed == {(name, one) for name, versions in locked.items() for one in versions}
