"""The search servers of the tests are skipped, or wanted, as the machine allows."""

import sys
from contextlib import contextmanager

import pytest

from tests.servers import java


@pytest.fixture
def run(monkeypatch):
    """Run a command with a server that is there, or not; its exit code."""

    def run(command: str, *, is_there: bool = True) -> int:
        @contextmanager
        def server():
            if not is_there:
                raise java.NoServer("Java manque")
            yield "http://127.0.0.1:1"

        monkeypatch.setattr(sys, "argv", ["-m", "--", sys.executable, "-c", command])
        monkeypatch.setattr(java.signal, "signal", lambda *_: None)
        return java.run_with(server, "SEARCH_TEST_SERVER")

    monkeypatch.delenv("CI", raising=False)
    return run


def test_the_command_finds_the_address_and_its_exit_code_is_kept(run):
    check = "import os, sys; sys.exit(os.environ['SEARCH_TEST_SERVER'] != 'http://127.0.0.1:1')"
    assert run(check) == 0
    assert run("import sys; sys.exit(3)") == 3


def test_a_server_that_runs_already_is_used_as_it_is(run, monkeypatch):
    monkeypatch.setenv("SEARCH_TEST_SERVER", "http://ailleurs:9200")
    check = "import os, sys; sys.exit('ailleurs' not in os.environ['SEARCH_TEST_SERVER'])"
    assert run(check, is_there=False) == 0


def test_without_a_server_the_tests_are_skipped_with_a_reason(run, capsys):
    assert run("raise SystemExit(3)", is_there=False) == 0
    assert "Essais sautés : Java manque." in capsys.readouterr().out


def test_without_a_server_continuous_integration_fails(run, monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert run("pass", is_there=False) == 1


@pytest.mark.parametrize(
    ("version", "is_enough"), [("17.0.15", True), ("21", True), ("11.0.2", False)]
)
def test_java_must_be_recent(monkeypatch, tmp_path, version, is_enough):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if is_enough:
        assert java.java_home() == tmp_path
    else:
        with pytest.raises(java.NoServer, match="Java 17"):
            java.java_home()


def test_a_download_that_fails_leaves_nothing_behind(monkeypatch, tmp_path):
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho '[ERROR] no network'\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("PORTAL_TEST_CACHE", str(tmp_path / "cache"))
    with pytest.raises(java.NoServer, match="no network"):
        java.fetched("opensearch", lambda _: None)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["opensearch.lock"]
