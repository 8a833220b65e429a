"""Documents to print: made apart, written when they change, and never asking any network."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.checks import run_checks
from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone

import pytest

from portal.cache.content_version import change_content_version
from portal.pdf import registry, render, views, worker, writer
from portal.pdf.models import PdfFile
from portal.pdf.registry import PdfDocument
from portal.pdf.render import PdfNotMade
from tests.pdf.reader import make, needs_press, words

HTML = "<!doctype html><html lang=fr><title>Essai</title><body><h1>{}</h1></body></html>"
SITE = "https://portail.example/"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    settings.STORAGES = dict(settings.STORAGES)  # an empty storage in memory


class Documents:
    """The registered documents of a test, by name: what each shows, and whether it is listed."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {"essai": "Bonjour"}
        self.unlisted: set[str] = set()
        self.made: list[str] = []

    def all(self) -> list[PdfDocument]:
        return [
            paper(text, name, is_listed=name not in self.unlisted)
            for name, text in self.texts.items()
        ]

    def render(self, document: PdfDocument, pages: list[str], stamp: str) -> bytes:
        """A PDF of the words themselves, in place of the worker's."""
        if "en panne" in pages[0]:
            raise PdfNotMade
        self.made.append(document.name)
        return b"%PDF " + pages[0].encode()


@pytest.fixture
def documents(db: None, monkeypatch: pytest.MonkeyPatch) -> Documents:
    found = Documents()
    monkeypatch.setattr(registry, "_sources", [found.all])
    monkeypatch.setattr(writer, "render_pdf", found.render)
    monkeypatch.setattr(writer, "missing_packages", list)
    change_content_version()
    return found


def paper(text: str = "Bonjour", name: str = "essai", is_listed: bool = True) -> PdfDocument:
    return PdfDocument(
        name, f"Le document {name}", lambda: [HTML.format(text)], SITE, is_listed=is_listed
    )


def ask(name: str = "essai", **headers: str) -> HttpResponseBase:
    return views.serve_pdf(RequestFactory().get(f"/{name}.pdf", headers=headers), name)


def content(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


def later(monkeypatch: pytest.MonkeyPatch, **delay: int) -> None:
    moment = timezone.now() + timedelta(**delay)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


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
    document = make(paper(spying))
    assert "Rien de plus" in words(document)
    assert "MOT-SECRET" not in words(document)
    assert not document.attachments


@needs_press
def test_a_document_says_what_it_is_to_who_cannot_see_it(db: None) -> None:
    document = make(paper("Bonjour à tous"))
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
    pages = [HTML.format(many), HTML.format("Court")]
    document = make(PdfDocument("essai", "Essai", lambda: pages, SITE, most_pages=1))
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
    make(paper())
    assert not [value for value in seen.values() if "a-ne-pas-dire" in value]


def test_a_listed_document_is_written_without_being_asked_for(documents: Documents) -> None:
    assert writer.write_changed() == "1 document écrit."
    response = ask()
    assert response.status_code == 200
    assert "Bonjour" in content(response)
    assert response["Content-Type"] == "application/pdf"
    assert 'inline; filename="essai.pdf"' in response["Content-Disposition"]
    assert "public" in response["Cache-Control"]


def test_who_has_the_document_already_is_told_so(documents: Documents) -> None:
    writer.write_changed()
    first = ask()
    again = ask(if_none_match=first["ETag"])
    first.close()
    assert again.status_code == 304


def test_asking_for_a_document_makes_none_and_says_when_to_come_back(documents: Documents) -> None:
    response = ask()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    assert "Votre document se prépare" in content(response)
    assert "3114" in content(response)
    assert documents.made == []


def test_a_document_that_is_on_no_list_is_written_once_asked_for(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.unlisted.add("essai")
    assert writer.write_changed() is None
    assert ask().status_code == 503
    writer.write_changed()
    assert "Bonjour" in content(ask())
    later(monkeypatch, days=31)
    writer.write_changed()
    assert not PdfFile.objects.exists()
    assert default_storage.listdir("pdf")[1] == []


def test_a_document_is_not_made_again_while_it_shows_the_same(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_changed()
    change_content_version()
    later(monkeypatch, hours=2)
    assert writer.write_changed() is None
    assert documents.made == ["essai"]


def test_a_document_is_not_read_anew_while_nothing_changes(documents: Documents) -> None:
    writer.write_changed()
    documents.texts["essai"] = "Autre chose"
    assert writer.write_changed() is None


def test_a_document_that_changed_is_written_anew_and_replaces_the_other(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_changed()
    documents.texts["essai"] = "Après"
    change_content_version()
    later(monkeypatch, minutes=5)
    assert writer.write_changed() == "1 document écrit."
    assert "Après" in content(ask())
    assert len(default_storage.listdir("pdf")[1]) == 1


def test_what_no_signal_tells_is_seen_after_an_hour(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_changed()
    documents.texts["essai"] = "Après"
    later(monkeypatch, minutes=61)
    writer.write_changed()
    assert "Après" in content(ask())


def test_a_document_that_fails_stops_no_other_and_is_told_to_the_coordinator(
    documents: Documents, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    documents.texts = {"a": "en panne, dit Mme Dupont", "b": "Bonjour"}
    told = "1 document écrit. Impossible à écrire : Le document a."
    assert writer.write_changed() == told
    assert "Dupont" not in caplog.text
    assert writer.write_changed() == "Impossible à écrire : Le document a."
    assert ask("b").status_code == 200
    response = ask("a")
    assert response.status_code == 503
    assert "Ce document n’est pas disponible" in content(response)

    documents.texts["a"] = "Réparé"
    later(monkeypatch, minutes=61)
    assert writer.write_changed() == "1 document écrit."
    assert ask("a").status_code == 200


def test_one_that_fails_after_it_was_written_is_still_given(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_changed()
    documents.texts["essai"] = "en panne"
    later(monkeypatch, minutes=61)
    writer.write_changed()
    assert "Bonjour" in content(ask())


def test_a_round_that_lasts_leaves_the_rest_to_the_next(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.texts = {"a": "A", "b": "B"}
    monkeypatch.setattr(writer, "LONGEST_ROUND", timedelta())
    assert writer.write_changed() is None
    monkeypatch.undo()
    assert not PdfFile.objects.exclude(path="").exists()


def test_a_document_that_is_no_more_leaves_no_file(documents: Documents) -> None:
    writer.write_changed()
    documents.texts = {}
    writer.write_changed()
    assert default_storage.listdir("pdf")[1] == []
    assert not PdfFile.objects.exists()


def test_a_file_that_the_storage_lost_is_written_again(documents: Documents) -> None:
    writer.write_changed()
    default_storage.delete(PdfFile.objects.get().path)
    assert ask().status_code == 503
    writer.write_changed()
    assert ask().status_code == 200


def test_without_the_library_the_coordinator_is_told_what_is_missing(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "missing_packages", lambda: ["libnullepart9"])
    assert "libnullepart9" in str(writer.write_changed())
    assert ask().status_code == 503


def test_a_press_that_fails_or_never_ends_is_said_without_quoting_the_document(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(command: list[str], **_options: object) -> subprocess.CompletedProcess:
        return subprocess.CompletedProcess(command, 1, b"", b"Trace\nValueError: Mme Dupont")

    def lasts(command: list[str], **options: float) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    for run in (fails, lasts):
        monkeypatch.setattr(render.subprocess, "run", run)
        with pytest.raises(PdfNotMade):
            render.render_pdf(paper(), ["<p>"], "0")
    assert "ValueError" in caplog.text
    assert "TimeoutExpired" in caplog.text
    assert "Dupont" not in caplog.text


def test_a_machine_without_the_library_is_warned_of_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "LIBRARIES", {"libnullepart.so.9": "libnullepart9"})
    warnings = [one for one in run_checks(tags=["paper"]) if one.id == "portal.W201"]
    assert [one.hint for one in warnings] == ["sudo apt-get install libnullepart9"]
