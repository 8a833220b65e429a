"""Documents to print: made apart, kept until they change, and never asking any network."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings

import pytest

from portal.base.cached import invalidate_all
from portal.jobs.locks import exclusive_lock
from portal.pdf import cache, render, views, worker
from portal.pdf.render import CannotPrint, Paper
from tests.pdf import needs_press, read, words

HTML = "<!doctype html><html lang=fr><title>Essai</title><body><h1>{}</h1></body></html>"
SITE = "https://portail.example/"


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the press, which here makes a PDF of the words themselves."""
    sent: list[str] = []

    def press_it(paper: Paper, pages: list[str], stamp: str) -> bytes:
        sent.append(pages[0])
        return b"%PDF " + pages[0].encode()

    monkeypatch.setattr(cache, "press_it", press_it)
    return sent


def paper(text: str = "Bonjour", name: str = "essai") -> Paper:
    return Paper(name, lambda: [HTML.format(text)], SITE)


def ask(document: Paper, address: str = "192.0.2.1") -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/essai.pdf", REMOTE_ADDR=address)
    return views.give(request, document)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/espion.png",
        "https://example.org/espion.png",
        "ftp://example.org/a.css",
        "data:text/css,body{}",
        "file:///etc/passwd",
        "file://machine/partage/a.css",
        "tokens.css",
    ],
)
def test_a_document_reads_nothing_but_the_files_of_the_portal(address: str) -> None:
    with pytest.raises(ValueError, match="not a file of the portal"):
        worker.inside(render.stylesheet().parent, address)


def test_a_document_does_not_climb_out_of_the_folder_of_styles(tmp_path: Path) -> None:
    styles = tmp_path / "css"
    styles.mkdir()
    (tmp_path / "secret").write_text("")
    (styles / "lien.css").symlink_to(tmp_path / "secret")
    for path in (f"{styles}/../secret", f"{styles}/%2e%2e/secret", f"{styles}/lien.css"):
        with pytest.raises(ValueError, match="not a file of the portal"):
            worker.inside(styles, f"file://{path}")
    (styles / "a.css").write_text("")
    assert worker.inside(styles, f"file://{styles}/a.css") == (styles / "a.css").resolve()


@needs_press
def test_what_a_page_holds_makes_the_press_open_no_file_and_no_address(
    db: None, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>MOT-SECRET</text></svg>')
    spying = (
        f'<img alt="" src="file://{secret}"><img alt="" src="http://127.0.0.1:9/x.png">'
        f'<link rel=attachment href="file://{secret}"><p>Rien de plus</p>'
    )
    document = read(cache.make(paper(spying)))
    assert "Rien de plus" in words(document)
    assert "MOT-SECRET" not in words(document)
    assert not document.attachments


@needs_press
def test_a_document_says_what_it_is_to_who_cannot_see_it(db: None) -> None:
    document = read(cache.make(paper("Bonjour à tous")))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert document.metadata.title == "Essai"
    assert b"pdfuaid" in root["/Metadata"].get_data()


@needs_press
def test_the_first_version_that_fits_is_printed(db: None) -> None:
    many = "".join(f"<p style='break-before:page'>{n}</p>" for n in range(3))
    versions = Paper("essai", lambda: [HTML.format(many), HTML.format("Court")], SITE, 1)
    document = read(cache.make(versions))
    assert len(document.pages) == 1
    assert "Court" in words(document)


@needs_press
def test_the_press_knows_no_secret_of_the_portal(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-ne-pas-dire")
    monkeypatch.setenv("DATABASE_URL", "postgres://compte:a-ne-pas-dire@machine/base")
    run, seen = subprocess.run, {}

    def watched(command: list[str], **options: object) -> object:
        seen.update(options["env"])
        return run(command, **options)

    monkeypatch.setattr(render.subprocess, "run", watched)
    cache.make(paper())
    assert not [value for value in seen.values() if "a-ne-pas-dire" in value]


def test_a_document_asked_for_again_is_not_made_again(db: None, pressed: list[str]) -> None:
    first, second = ask(paper()), ask(paper())
    assert first.content == second.content
    assert first["Content-Type"] == "application/pdf"
    assert "essai.pdf" in first["Content-Disposition"]
    assert len(pressed) == 1


def test_a_document_is_not_read_anew_while_nothing_changes(db: None, pressed: list[str]) -> None:
    read_times: list[int] = []

    def pages() -> list[str]:
        read_times.append(1)
        return [HTML.format("Bonjour")]

    for _time in range(3):
        ask(Paper("essai", pages, SITE))
    assert len(read_times) == 1
    invalidate_all()
    ask(Paper("essai", pages, SITE))
    assert (len(read_times), len(pressed)) == (2, 1)


def test_a_document_that_changed_is_made_anew_and_replaces_the_other(
    db: None, pressed: list[str], own_shelf: Path
) -> None:
    ask(paper("Avant"))
    invalidate_all()
    assert "Après" in ask(paper("Après")).content.decode()
    assert len(list((own_shelf / "paper").iterdir())) == 1
    assert list(cache.weights()) == ["essai"]


def test_while_another_document_is_made_one_is_asked_to_come_back(
    db: None, pressed: list[str]
) -> None:
    with exclusive_lock("paper"):
        response = ask(paper())
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Votre document se prépare" in response.content.decode()
    assert "3114" in response.content.decode()
    assert pressed == []


def test_while_another_document_is_made_a_recent_one_is_still_given(
    db: None, pressed: list[str], own_shelf: Path
) -> None:
    ask(paper())
    invalidate_all()
    with exclusive_lock("paper"):
        assert ask(paper()).status_code == 200
        kept = next((own_shelf / "paper").iterdir())
        long_ago = time.time() - cache.STILL_RIGHT_SECONDS - 1
        os.utime(kept, (long_ago, long_ago))
        assert ask(paper()).status_code == 503


def test_documents_never_take_more_than_their_place(
    db: None, pressed: list[str], own_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 250)
    for number in range(8):
        ask(paper(name=f"essai-{number}"))
        newest = max((own_shelf / "paper").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        assert newest.name.startswith(f"essai-{number}.")
    others = [path.stat().st_size for path in (own_shelf / "paper").iterdir() if path != newest]
    assert sum(others) <= 250


def test_what_a_dead_process_left_is_swept_away(
    db: None, pressed: list[str], own_shelf: Path
) -> None:
    (own_shelf / "paper").mkdir()
    left, fresh = own_shelf / "paper" / "mort.part", own_shelf / "paper" / "autre.part"
    left.touch()
    fresh.touch()
    os.utime(left, (0, 0))
    ask(paper())
    assert not left.exists()
    assert fresh.exists()


def test_one_network_cannot_have_documents_made_all_day(
    db: None, pressed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_MADE", 2)
    statuses = [ask(paper(name=f"essai-{number}")).status_code for number in range(3)]
    assert statuses == [200, 200, 429]
    assert ask(paper(name="essai-0")).status_code == 200  # it is ready: nothing is made
    assert ask(paper(name="essai-2"), "198.51.100.7").status_code == 200


def test_without_the_library_the_portal_says_so_in_french(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_library(command: list[str], **_options: object) -> subprocess.CompletedProcess:
        return subprocess.CompletedProcess(command, worker.NO_LIBRARY, b"", b"")

    monkeypatch.setattr(render.subprocess, "run", no_library)
    response = ask(paper())
    assert response.status_code == 503
    assert "Ce document n’est pas disponible" in response.content.decode()


def test_a_press_that_fails_or_never_ends_is_said_without_quoting_the_document(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(command: list[str], **_options: object) -> subprocess.CompletedProcess:
        return subprocess.CompletedProcess(command, 1, b"", b"Trace\nValueError: Mme Dupont")

    def lasts(command: list[str], **options: float) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    for run in (fails, lasts):
        monkeypatch.setattr(render.subprocess, "run", run)
        with pytest.raises(CannotPrint):
            render.press_it(paper(), ["<p>"], "0")
    assert "ValueError" in caplog.text
    assert "TimeoutExpired" in caplog.text
    assert "Dupont" not in caplog.text


def test_a_machine_without_the_library_is_warned_of_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "LIBRARIES", {"libnullepart.so.9": "libnullepart9"})
    warnings = [one for one in run_checks(tags=["paper"]) if one.id == "portal.W201"]
    assert [one.hint for one in warnings] == ["sudo apt-get install libnullepart9"]
