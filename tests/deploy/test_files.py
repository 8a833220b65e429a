"""The files of ``portal/deploy`` and of hosting platforms say what they must."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

import pytest

from portal.bootstrap.environment import PAPER_FONTS, PAPER_LIBRARIES, UV_VERSION
from portal.bootstrap.options import Refusal  # type: ignore[attr-defined]
from portal.deploy import environment_file, machine, questions, web_server
from portal.deploy.__main__ import url_is_local

ROOT = Path(settings.BASE_DIR)
CONTAINER = (ROOT / "Containerfile").read_text()
UNITS = sorted((ROOT / "portal/deploy/systemd").glob("*.service"))


def commands_of_manage(text: str) -> set[str]:
    return set(re.findall(r"manage\.py (\w+)", text))


def values(text: str, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", text, re.M)


def test_the_container_runs_without_rights_and_says_whether_it_lives() -> None:
    last = CONTAINER.rpartition("FROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", last, re.M)
    assert last.index("\nUSER ") < last.index("\nCMD ")
    assert "HEALTHCHECK" in last
    assert not re.search(r"^ADD |:latest|sudo|chmod 777", CONTAINER, re.M)
    assert CONTAINER.count("apt-get install") == CONTAINER.count("rm -rf /var/lib/apt/lists/*")
    assert f"uv=={UV_VERSION}" in CONTAINER
    assert all(package in last for package in (*PAPER_LIBRARIES, *PAPER_FONTS))


def test_no_secret_enters_the_container() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", "var", "*.env"} <= set(ignored)


@pytest.mark.parametrize("name", ["serve", "release"])
def test_the_scripts_of_platforms_are_readable_by_a_shell(name: str) -> None:
    script = ROOT / "portal/deploy" / name
    subprocess.run(["sh", "-n", script], check=True)
    assert commands_of_manage(script.read_text()) <= set(get_commands())
    assert f"sh portal/deploy/{name}" in (ROOT / "Procfile").read_text()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_stops_within_its_limit_and_can_write_in_its_folder_only(unit: Path) -> None:
    text = unit.read_text()
    assert values(text, "KillMode") == ["mixed"]
    assert 0 < int(values(text, "TimeoutStopSec")[0]) <= 90
    assert values(text, "ReadWritePaths") == ["/var/lib/portail-ptsm/%i"]
    assert values(text, "EnvironmentFile") == ["/etc/portail-ptsm/%i.env"]
    assert values(text, "User") == ["portail"]
    assert commands_of_manage(text) <= set(get_commands())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_every_line_of_the_services(tmp_path: Path) -> None:
    for program in ("python", "granian"):
        path = tmp_path / ".venv" / "bin" / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o755)
    names = []
    for unit in UNITS:
        text = machine.rendered(f"systemd/{unit.name}", code=tmp_path)
        name = unit.name.replace("@.", "@13.")
        (tmp_path / name).write_text(text)
        names.append(str(tmp_path / name))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_site_asks_its_processes_to_end_before_systemd_kills_them() -> None:
    text = (ROOT / "portal/deploy/systemd/portail-ptsm@.service").read_text()
    command = shlex.split(values(text, "ExecStart")[0])
    own = int(command[command.index("--workers-kill-timeout") + 1])
    assert own < int(values(text, "TimeoutStopSec")[0])
    assert "--host" not in command
    # Granian reads « 666 » as a decimal number.
    assert command[command.index("--uds-permissions") + 1] == "0o666"


def test_two_departments_share_nothing() -> None:
    one, other = (web_server.site_of(code, f"{code.lower()}.example.org") for code in ("13", "2A"))
    for word in ("/var/lib/portail-ptsm/", "/run/portail-ptsm-", "/etc/portail-ptsm/tls/"):
        named = {re.findall(rf"{word}(\w+)", text)[-1] for text in (one, other)}
        assert named == {"13", "2A"}
    assert "@" not in one


def test_media_of_a_bucket_are_asked_of_the_portal() -> None:
    one, other = (
        web_server.site_of("13", "a.example.org", with_media=how) for how in (True, False)
    )
    assert "location /media/ {" in one
    assert "location /media/ {" not in other
    assert "/media/(documents|original_images)" in other
    assert other.count("{") == other.count("}") == one.count("{") - 1


@pytest.fixture
def answers() -> dict[str, str]:
    return {
        "PORTAL_DEPARTEMENT": "59",
        "PORTAL_BASE_URL": "https://portail.example.org",
        "ALLOWED_HOSTS": "portail.example.org",
        "DATABASE_URL": "",
        "PORTAL_VAR_DIR": "/var/lib/portail-ptsm/59",
        "EMAIL_URL": "smtp+tls://a:b%2F@smtp.example.org:587",
    }


def test_the_settings_of_a_new_portal_are_its_own(answers: dict[str, str], tmp_path: Path) -> None:
    read = []
    for name in ("a.env", "b.env"):
        (tmp_path / name).write_text(environment_file.filled(answers))
        read.append(environment_file.read(tmp_path / name))
    first, second = read
    assert first["EMAIL_URL"] == answers["EMAIL_URL"]
    assert first["PORTAL_WEB_SERVER"] == "nginx"
    assert "DATABASE_URL" not in first
    for name in ("SECRET_KEY", "PORTAL_HASH_KEY"):
        assert len(first[name]) >= 50
        assert first[name] != second[name]
    assert first["SECRET_KEY"] != first["PORTAL_HASH_KEY"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"domaine": "https://a.example.org/"}, "nom de site"),
        ({"domaine": "localhost"}, "nom de site"),
        ({"domaine": "a b.example.org"}, "nom de site"),
        ({"courriel": "contact"}, "adresse e-mail"),
        ({"compte": "camille"}, "adresse e-mail"),
        ({"domaine": None}, "--domaine"),
    ],
)
def test_a_wrong_answer_is_refused_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str | None], says: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1")
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115
    right = {"domaine": "a.example.org", "courriel": "c@example.org", "compte": None}
    options = type("Options", (), {**right, "sqlite": False, **given})
    with pytest.raises(Refusal, match=says):
        questions.settings_of(options, "13")


def test_a_database_elsewhere_is_left_to_who_keeps_it() -> None:
    assert url_is_local("postgres://portail@/portail_13")
    assert not url_is_local("postgres://portail:secret@base.example.org/portail")
    assert not url_is_local("")


def test_a_file_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.conf"
    assert machine.write(path, "a", mode=0o640)
    assert not machine.write(path, "a", mode=0o640)
    assert path.stat().st_mode & 0o777 == 0o640
