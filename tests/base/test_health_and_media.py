"""What a monitor asks, and files that people sent."""

from pathlib import Path

from django.conf import LazySettings
from django.test import Client

import pytest


@pytest.fixture
def media_root(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    for folder in ("images", "documents", "original_images"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("bonjour")
    return tmp_path


def test_the_health_address_answers_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("max-age=0")
    assert not response.cookies


def test_an_uploaded_file_is_served_as_something_that_cannot_run(
    client: Client, media_root: Path
) -> None:
    response = client.get("/media/images/a.txt")
    assert b"".join(response) == b"bonjour"  # type: ignore[call-overload]
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_webmail_may_show_the_images_of_a_letter(client: Client, media_root: Path) -> None:
    response = client.get("/media/images/a.txt")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/a.txt",
        "original_images/a.txt",
        "images/",
        "images",
        "images/../documents/a.txt",
        "images/%2e%2e/documents/a.txt",
        "./documents/a.txt",
        "/documents/a.txt",
        "images/a.txt%00",
        pytest.param("x" * 5000, id="a very long name"),
    ],
)
def test_nothing_else_is_served_from_the_media_folder(
    client: Client, media_root: Path, path: str
) -> None:
    assert client.get(f"/media/{path}").status_code == 404
