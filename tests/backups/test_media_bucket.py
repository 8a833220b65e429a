"""Media in a bucket: served by the portal, saved and put back whole, or as they were."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings

import pytest

from portal.backups.errors import BackupError, NotOurArchive, told_in_french
from portal.backups.media import this_media
from portal.backups.media.bucket import BucketMedia
from portal.files.disk import is_disk_refusal
from portal.settings.media_url import media_storage
from tests.servers.s3 import bucket

AWAY = "s3+http://cle:secret@127.0.0.1:9/seau"


def storages(url: str) -> dict[str, Any]:
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {"default": media_storage(url), "staticfiles": static}


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with bucket() as url:
        yield url


@pytest.fixture
def in_a_bucket(store: str) -> Iterator[None]:
    with override_settings(STORAGES=storages(store)):
        yield
        for name in list(default_storage.names()):
            default_storage.delete(name)


class Archive:
    """What a restore reads of an archive: its name, its media, their content."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.name, self.files = "portail.zip", files
        self.manifest = self

    @property
    def media_files(self) -> list[str]:
        return [f"media/{name}" for name in self.files]

    def copy(self, member: str, target: io.BytesIO) -> None:
        target.write(self.files[member.removeprefix("media/")])


def put(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        default_storage.save(name, ContentFile(content))


def held() -> dict[str, bytes]:
    found = {}
    for name in default_storage.names():
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


BEFORE = {"images/a.jpg": b"now", "images/new.jpg": b"new", "pdf/p.pdf": b"%PDF"}
SAVED = {"images/a.jpg": b"then", "images/é «b».txt": b"bonjour", "documents/d.pdf": b"%PDF-d"}


def test_an_image_is_served_by_the_portal_and_not_by_the_store(
    client: Client, in_a_bucket: None
) -> None:
    put({"images/a b.jpg": b"\xff\xd8", "original_images/secret.jpg": b"\xff\xd8"})
    put({".restauration/1.nouveaux/images/x.jpg": b"\xff\xd8"})
    address = default_storage.url("images/a b.jpg")
    assert address == "/media/images/a%20b.jpg"
    response = client.get(address)
    assert b"".join(response) == b"\xff\xd8"  # type: ignore[call-overload]
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "max-age=604800" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["original_images/a.jpg", "documents/a.pdf", ".restauration/1.nouveaux/a", "images/no"]
)
def test_nothing_else_of_the_bucket_is_served(client: Client, in_a_bucket: None, path: str) -> None:
    if path != "images/no":
        put({path: b"secret"})
    assert client.get(f"/media/{path}").status_code == 404


def test_two_files_of_one_name_are_two(in_a_bucket: None) -> None:
    first = default_storage.save("images/a.jpg", ContentFile(b"1"))
    second = default_storage.save("images/a.jpg", ContentFile(b"2"))
    assert len({first, second}) == 2
    assert sorted(held().values()) == [b"1", b"2"]


@override_settings(STORAGES=storages(AWAY))
def test_a_store_that_is_away_is_a_503_that_nobody_remembers(
    client: Client, tmp_path: Path
) -> None:
    response = client.get("/media/images/a.jpg")
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    with pytest.raises(OSError, match="store of the media") as refused:
        default_storage.save("images/a.jpg", ContentFile(b"1"))
    assert is_disk_refusal(refused.value), "an editor is told that nothing can be saved for now"
    with pytest.raises(BackupError, match="stockage d’objets"), told_in_french(tmp_path):
        this_media().size()


def test_media_of_an_archive_take_the_place_of_the_others(in_a_bucket: None) -> None:
    put(BEFORE)
    media = this_media()
    beside = media.extract_beside(Archive(SAVED))
    assert set(media.names()) == set(BEFORE), "nothing is changed before the swap"
    replaced = media.swap(beside)
    assert {name: content for name, content in held().items() if name[0] != "."} == SAVED
    media.drop(replaced)
    assert held() == SAVED


def test_a_swap_is_undone(in_a_bucket: None) -> None:
    put(BEFORE)
    media = this_media()
    media.put_back(media.swap(media.extract_beside(Archive(SAVED))))
    assert held() == BEFORE


class KilledStore:
    """A bucket in memory, whose process is killed before a change: at once, at the second…"""

    class Killed(BaseException):
        pass

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.left = files, -1

    def names(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self.files if name.startswith(prefix))

    def put(self, name: str, file: io.BytesIO) -> None:
        self._live()
        self.files[name] = file.read()

    def copy(self, name: str, target: str) -> None:
        self._live()
        self.files[target] = self.files[name]

    def delete(self, name: str) -> None:
        self._live()
        self.files.pop(name, None)

    def _live(self) -> None:
        if not self.left:
            raise self.Killed
        self.left -= 1


@pytest.mark.parametrize("kill_before", range(16))
def test_a_restore_killed_anywhere_leaves_the_media_as_they_were(kill_before: int) -> None:
    store = KilledStore(dict(BEFORE))
    media = BucketMedia(store)
    store.left = kill_before
    with pytest.raises(KilledStore.Killed):
        media.swap(media.extract_beside(Archive(SAVED)))
    store.left = -1
    media.mend_interrupted_swap()
    assert store.files == BEFORE


def test_an_archive_that_writes_elsewhere_is_refused(in_a_bucket: None) -> None:
    put(BEFORE)
    with pytest.raises(NotOurArchive, match="hors du dossier"):
        this_media().extract_beside(Archive({"../elsewhere": b"x"}))
    assert held() == BEFORE


@pytest.mark.parametrize(
    "url",
    [
        "s3://cle:secret@s3.example.org",
        "s3://s3.example.org/seau",
        "s3://cle@s3.example.org/seau",
        "s3://cle:sec/ret@s3.example.org/seau",
        "https://cle:secret@s3.example.org/seau",
        "s3+http://cle:secret@s3.example.org/seau",
        "s3://cle:secret@s3.example.org:port/seau",
        "s3://cle:secr[et@s3.example.org/seau",
    ],
)
def test_a_wrong_address_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORTAL_MEDIA_URL") as refused:
        media_storage(url)
    assert "secret" not in str(refused.value).replace(":SECRET@", "").replace("secret sous", "")


def test_an_address_says_the_store_the_bucket_and_the_folder() -> None:
    options = media_storage("s3://cle:a%2Fb@s3.example.org:8443/seau/13?region=gra")["OPTIONS"]
    assert options == {
        "endpoint_url": "https://s3.example.org:8443",
        "access_key": "cle",
        "secret_key": "a/b",
        "bucket_name": "seau",
        "location": "13",
        "region_name": "gra",
    }
