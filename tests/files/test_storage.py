"""Readers get one small stylesheet and one small script."""

import gzip
import re
from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.contrib.staticfiles.finders import get_finders

import pytest

from portal.files.static_storage import BundledSource, PortalStaticFilesStorage

CSS_LIMIT = 12_000
JS_LIMIT = 4_000


class Folder:
    """The smallest storage: files by name."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files

    def open(self, path: str) -> Any:
        from django.core.files.base import ContentFile

        return ContentFile(self.files[path].encode())


def bundle(**files: str) -> str:
    folder = Folder({name.replace("__", "/") + ".css": text for name, text in files.items()})
    return BundledSource(folder).open("a/main.css").read().decode()


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> PortalStaticFilesStorage:
    """The portal's own static files, as ``collectstatic`` leaves them."""
    storage = PortalStaticFilesStorage(location=tmp_path)
    paths = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            if path.startswith("portal/"):
                with source.open(path) as file:
                    storage.save(path, file)
                paths[path] = (source, path)
    for _name, _hashed, processed in storage.post_process(paths):
        if isinstance(processed, Exception):
            raise processed
    return storage


def test_imports_are_folded_in_their_order() -> None:
    css = bundle(
        a__main='@layer x; @import url("b.css"); @import url("parts/c.css");',
        a__b="b { top: 0 }",
        a__parts__c="c { top: 1px }",
    )
    assert css == "@layer x;b{top:0}c{top:1px}"


@pytest.mark.parametrize(
    "rule",
    [
        "[dir=rtl] :is(.flip) { top: 0 }",
        ".field ::placeholder { top: 0 }",
        ".tab :not(td) { top: 0 }",
    ],
)
def test_making_a_stylesheet_small_keeps_what_it_says(rule: str) -> None:
    selector = rule.split("{")[0].strip().replace(" :", " *:")
    assert bundle(a__main=rule) == f"{selector}{{top:0}}"


def test_sums_keep_the_spaces_that_css_needs() -> None:
    css = bundle(a__main="a { width: min(100% - 2 * var(--g), 3rem + 1vw) }")
    assert "100% - 2 * var(--g)" in css
    assert "3rem + 1vw" in css


def test_readers_get_one_small_stylesheet(collected: PortalStaticFilesStorage) -> None:
    css = (Path(collected.location) / collected.stored_name("portal/css/main.css")).read_bytes()
    assert b"@import" not in css
    assert b".crisis-strip" in css
    assert len(gzip.compress(css)) <= CSS_LIMIT


def test_readers_get_one_small_script(collected: PortalStaticFilesStorage) -> None:
    js = (Path(collected.location) / collected.stored_name("portal/js/main.js")).read_bytes()
    assert len(gzip.compress(js)) <= JS_LIMIT


def test_a_forgotten_file_never_takes_the_page_down(
    collected: PortalStaticFilesStorage, caplog: pytest.LogCaptureFixture
) -> None:
    assert collected.stored_name("portal/none.css") == "portal/none.css"
    assert "Run collectstatic" in caplog.text


def test_no_stylesheet_fetches_anything() -> None:
    folder = project.BASE_DIR / "portal" / "static" / "portal" / "css"
    # That of PDFs is never served: WeasyPrint reads it, and its drawings beside it, on disk.
    drawings = {"pdf.css": r"|\"\.\./[a-z/]+\.svg\""}
    for path in folder.rglob("*.css"):
        known = r"\"[a-z/-]+\.css\"" + drawings.get(path.name, "")
        assert not re.findall(rf"url\((?!{known})", path.read_text()), path
