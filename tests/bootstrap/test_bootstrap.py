"""``make run`` answers mistakes in one line of French, and redoes nothing."""

import ast
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from portal.bootstrap import __main__ as bootstrap
from portal.bootstrap import department, environment, options, steps
from portal.bootstrap.department import Portal


@pytest.mark.parametrize(
    ("typed", "code"), [("13", "13"), ("1", "01"), (" 2a ", "2A"), ("974", "974"), ("95", "95")]
)
def test_a_department_is_understood_as_people_type_it(typed: str, code: str) -> None:
    assert options.valid_department(typed) == code


@pytest.mark.parametrize("typed", ["", "0", "20", "96", "2C", "../13", "99999", "977", "13; ls"])
def test_a_department_that_does_not_exist_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(steps.Refusal, match="make run DEPARTEMENT=59"):
        options.valid_department(typed)


@pytest.mark.parametrize("typed", ["", "abc", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_no_port_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(steps.Refusal, match="make run PORT=8001"):
        options.valid_port(typed)


def test_a_taken_port_is_refused_with_one_that_is_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(steps.Refusal, match=r"est déjà pris.*make run PORT=\d+\."):
            options.refuse_taken_port(port)


def test_having_no_network_is_said_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOG", tmp_path / "installation.log")
    command = ["sh", "-c", "echo 'Temporary failure in name resolution' >&2; exit 1"]
    with pytest.raises(steps.Refusal, match="pas d’accès à Internet") as refusal:
        steps.call(command, "Installation")
    assert "\n" not in str(refusal.value)
    assert "name resolution" in (tmp_path / "installation.log").read_text()


def test_a_failed_step_says_its_last_line_and_where_the_rest_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOG", tmp_path / "installation.log")
    with pytest.raises(steps.Refusal, match=r"disque plein.*installation\.log"):
        steps.call(["sh", "-c", "echo une; echo disque plein; exit 3"], "Écriture")


def test_a_missing_debian_package_is_named_to_who_may_not_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    with pytest.raises(steps.Refusal, match="sudo apt-get install python3-venv"):
        environment.apt_install("python3-venv", "Le module venv manque")


def test_steps_already_done_are_not_done_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    portal = Portal("13", 8000, var=tmp_path / "13")
    called: list[str] = []

    def call(command: list[str], what: str, env: dict[str, str]) -> str:
        called.append(command[2])
        if command[2] == "migrate":
            Path(env["DATABASE_URL"].removeprefix("sqlite:///")).touch()
        elif command[2] == "create_coordinator":
            portal.password_file.touch()
        elif command[2] == "collectstatic":
            (portal.var / "static").mkdir()
            (portal.var / "static" / "staticfiles.json").touch()
        return ""

    monkeypatch.setattr(department, "call", call)
    portal.prepare()
    assert called[0] == "migrate"
    assert called[-1] == "collectstatic"
    assert "seed_demo" in called
    every_step = list(called)
    assert (portal.var / "secret_key").stat().st_mode & 0o777 == 0o600
    called.clear()
    portal.prepare()
    assert called == []
    (portal.var / "db.sqlite3").unlink()
    portal.password_file.unlink()
    (portal.var / "static" / "staticfiles.json").unlink()
    (portal.var / "static").rmdir()
    portal.prepare()
    assert called == every_step


def test_a_database_left_half_made_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    portal = Portal("13", 8000, var=tmp_path)

    def killed_half_way(command: list[str], what: str, env: dict[str, str]) -> str:
        path = Path(env["DATABASE_URL"].removeprefix("sqlite:///"))
        assert not path.exists()
        path.write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(department, "call", killed_half_way)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            portal.migrate()
        assert not (tmp_path / "db.sqlite3").exists()


def test_a_database_is_copied_before_it_is_brought_up_to_date(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    portal = Portal("13", 8000, var=tmp_path)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("create table page (title)")
    monkeypatch.setattr(department, "call", lambda *_: "")
    portal.migrate()
    with closing(sqlite3.connect(tmp_path / "db.avant-mise-a-jour.sqlite3")) as copy:
        assert copy.execute("select name from sqlite_master").fetchall() == [("page",)]


def test_another_department_starts_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    portal = Portal("59", 8000)
    called: list[tuple[str, ...]] = []

    def manage(what: str, *arguments: str) -> str:
        called.append(arguments)
        return ""

    monkeypatch.setattr(portal, "manage", manage)
    portal.fill()
    assert called == [("start_portal", "--departement", "59")]


def test_an_old_python_can_read_what_refuses_it() -> None:
    for path in (steps.ROOT / "portal" / "bootstrap").glob("*.py"):
        ast.parse(path.read_text(), feature_version=(3, 5))


def test_the_next_wagtail_brings_its_own_needs_and_changes_nothing_else() -> None:
    locked = (
        "# Made by uv\n"
        "django==5.2.8\n    # via\n    #   portail-ptsm\n    #   wagtail\n"
        "draftjs-exporter==5.2.0\n    # via wagtail\n"
        "laces==0.1.2 ; sys_platform == 'linux'\n    # via\n    #   other\n    #   wagtail\n"
        "wagtail==7.4.4\n    # via portail-ptsm\n"
        "wagtail-localize==1.14.5\n    # via portail-ptsm\n"
    )
    assert environment.with_wagtail_next(locked).splitlines()[1:] == [
        "django==5.2.8",
        "draftjs-exporter",
        "laces",
        f"wagtail=={environment.WAGTAIL_NEXT}",
        "wagtail-localize==1.14.5",
    ]


# « make run », with a server and tasks that only say when they start and stop.
SERVING = """
import subprocess, sys
from portal.bootstrap.department import Portal
from portal.bootstrap.steps import Refusal

UNTIL_ASKED = r'''
import signal, sys
stops = {signal.SIGTERM, signal.SIGINT}
signal.pthread_sigmask(signal.SIG_BLOCK, stops)
sys.stdout.write(sys.argv[1] + " is there\\n")
sys.stdout.flush()
signal.sigwait(stops)
sys.stdout.write(sys.argv[1] + " is over\\n")
'''
AT_ONCE = "raise SystemExit(3)"

class Stage(Portal):
    def start(self):
        return subprocess.Popen([sys.executable, "-c", eval(sys.argv[1]), "site"])

    def start_tasks(self):
        return subprocess.Popen([sys.executable, "-c", eval(sys.argv[2]), "tasks"])

    TASKS_PAUSE = 0

    def answers(self, server, patience=1):
        return patience is None or "SLOW" not in sys.argv

    def welcome(self):
        print("welcome", flush=True)

try:
    Stage("13", 8000).serve()
except Refusal as refusal:
    print(refusal, flush=True)
"""


def serving(server: str, tasks: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SERVING, server, tasks, *words]
    return subprocess.Popen(  # noqa: S603
        command, cwd=steps.ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.mark.parametrize("stop", ["SIGTERM to make run", "Ctrl-C"])
def test_the_site_and_its_tasks_stop_together(stop: str) -> None:
    running = serving("UNTIL_ASKED", "UNTIL_ASKED")
    assert {running.stdout.readline() for _line in range(3)} == {
        "site is there\n",
        "tasks is there\n",
        "welcome\n",
    }
    if stop == "Ctrl-C":
        os.killpg(running.pid, signal.SIGINT)
    else:
        running.terminate()
    said, _errors = running.communicate()
    assert {"site is over", "tasks is over"} <= set(said.splitlines())
    assert "Le portail est arrêté" in said


def test_tasks_that_die_are_told_and_started_again_while_the_site_stays() -> None:
    running = serving("UNTIL_ASKED", "AT_ONCE")
    told = 0
    while told < 2:
        told += "Les tâches de fond se sont arrêtées" in running.stdout.readline()
    running.terminate()
    said, _errors = running.communicate()
    assert "site is over" in said.splitlines()


def test_a_server_long_silent_is_waited_for_and_its_tasks_start_all_the_same() -> None:
    running = serving("UNTIL_ASKED", "UNTIL_ASKED", "SLOW")
    lines = {running.stdout.readline() for _line in range(4)}
    assert {"site is there\n", "tasks is there\n", "welcome\n"} < lines
    assert any("met du temps à répondre" in line for line in lines)
    running.terminate()
    said, _errors = running.communicate()
    assert {"site is over", "tasks is over"} <= set(said.splitlines())


def test_tasks_do_not_outlive_the_site() -> None:
    running = serving("AT_ONCE", "UNTIL_ASKED")
    said, _errors = running.communicate()
    assert "Le serveur s’est arrêté" in said
    assert "(code 3)" in said
    assert running.poll() == 0


def test_the_portal_starts_without_what_prints_and_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(environment, "find_library", lambda name: None)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    bootstrap.prepare_paper("documents à imprimer")
    said = capsys.readouterr().out
    assert "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said
    with pytest.raises(steps.Refusal):
        bootstrap.prepare_paper("essais", must=True)


def test_what_prints_is_installed_by_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(environment, "find_library", lambda name: None)
    monkeypatch.setattr(environment, "apt_install", lambda package, missing: asked.append(package))
    environment.make_paper()
    assert "libharfbuzz-subset0" in asked[0]
    assert "fonts-open-sans" in asked[0]
