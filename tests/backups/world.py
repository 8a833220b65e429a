"""A portal in processes of its own, saved, broken and restored.

``python -m tests.backups.world`` plays in the database of ``DATABASE_URL`` and in
``PORTAL_VAR_DIR``, and prints what it found, as JSON. Django is started once; whatever may be
killed or restored is a fork.
"""

import io
import json
import logging
import os
import random
import resource
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from tests.faults.processes import fork

GONE = "partie@exemple.fr"
Answer = tuple[bool, str]


def main(seed: int) -> dict[str, Any]:
    django.setup()
    logging.disable(logging.CRITICAL)
    warm_up()
    found: dict[str, Any] = {}
    in_a_fork(make_portal)
    found["saved_while_written"], writer = save_under_a_writer()
    archive = only_archive()
    found["in_the_archive"] = names_in(archive)
    found["refused_in_use"] = play("restore", archive, yes=True)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    in_a_fork(change_portal)
    before = in_a_fork(look)
    found["refused"] = {name: refused(name, archive, before) for name in BROKEN}
    found["full"] = full_disk(archive, before)
    found["killed"] = kill_backups(random.Random(seed))  # noqa: S311
    found["left_by_killed_restores"] = kill_restores(archive, before, random.Random(seed))  # noqa: S311
    found["dry"] = play("restore", archive, check=True), in_a_fork(look)[1] == before[1]
    found["restored"] = play("restore", archive, yes=True, umask=0o077)
    found["after"] = json.loads(in_a_fork(look)[1])
    found["found"] = in_a_fork(search)
    found["before"] = json.loads(before[1])
    found["left_over"] = leftovers()
    found["tested"] = play("backup", test=True)
    forget_archives()
    found["night"] = in_a_fork(one_night)
    archive = only_archive()
    found["mode"] = oct(archive.stat().st_mode & 0o777)
    found["other_keys"] = play("restore", archive, check=True, keys=("another", "one"))
    found["refused_other_hash_key"] = play("restore", archive, yes=True, keys=("another", "one"))
    found["encrypted"] = encrypted()
    found["bucket"] = in_a_bucket()
    return found


def warm_up() -> None:
    """What each fork would otherwise import by itself."""
    from django.core.checks import run_checks
    from django.urls import get_resolver

    import tests.factories.home
    import tests.factories.letter  # noqa: F401

    _ = get_resolver().url_patterns
    run_checks()


def in_a_fork(work: Callable[[], str | None]) -> Answer:
    """Whether ``work`` ended well in a process of its own, and what it said."""
    readable, writable = os.pipe()

    def say() -> None:
        from django.core.management import CommandError

        try:
            text = work() or ""
        except CommandError as reason:
            os.write(writable, str(reason).encode())
            os._exit(3)
        os.write(writable, text.encode())

    child = fork(say)
    os.close(writable)
    with os.fdopen(readable, encoding="utf-8") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, said


def play(
    command: str,
    *arguments: Any,
    umask: int = 0o022,
    keys: tuple[str, str] | None = None,
    limit: int | None = None,
    **options: Any,
) -> Answer:
    """A command of the portal, and what it answered.

    ``limit``: bytes that no file may exceed, as a disk that is full.
    """

    def work() -> str:
        from django.core.management import call_command
        from django.test import override_settings

        os.umask(umask)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        known = dict(zip(("SECRET_KEY", "PORTAL_HASH_KEY"), keys or (), strict=False))
        out = io.StringIO()
        with override_settings(**known):
            call_command(command, *map(str, arguments), stdout=out, **options)
        return out.getvalue()

    return in_a_fork(work)


def make_portal() -> None:
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from tests.factories.home import StandardPageFactory, make_home
    from tests.factories.letter import subscriber_of

    home = make_home()
    StandardPageFactory(parent=home, title="Le grand tilleul")
    subscriber_of(GONE)
    subscriber_of("reste@exemple.fr")
    SessionStore().create()
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"\xff\xd8" + os.urandom(300_000))
    (folder / "a.jpg").chmod(0o600)
    (folder / "é «b».txt").write_text("bonjour" * 100)


def write_without_end() -> None:
    from portal.jobs.models import PeriodicJob

    for number in range(1_000_000):
        PeriodicJob.objects.update_or_create(name="writer", defaults={"last_message": str(number)})
        PeriodicJob.objects.get_or_create(name=f"writer-{number}")
        Path(os.environ["PORTAL_VAR_DIR"], "written").write_text(str(number))
        time.sleep(0.01)


def save_under_a_writer() -> tuple[Answer, int]:
    writer = fork(write_without_end)
    while not Path(os.environ["PORTAL_VAR_DIR"], "written").exists():
        time.sleep(0.02)
    return play("backup"), writer


def change_portal() -> None:
    """What happens between the backup and the day when it is needed."""
    from django.conf import settings

    from home.models import HomePage
    from portal.privacy.registry import erase_person
    from tests.factories.home import StandardPageFactory

    StandardPageFactory(parent=HomePage.objects.first(), title="Après la sauvegarde")
    erase_person(GONE)
    (Path(settings.MEDIA_ROOT) / "images" / "a.jpg").unlink()


def look() -> str:
    """All that may be compared before and after, as JSON."""
    from django.conf import settings
    from django.contrib.sessions.models import Session

    from wagtail.models import Page

    from newsletter.models import Subscriber

    media = Path(settings.MEDIA_ROOT)
    return json.dumps(
        {
            "titles": sorted(Page.objects.filter(depth__gt=2).values_list("title", flat=True)),
            "people": sorted(Subscriber.objects.values_list("email", flat=True)),
            "sessions": Session.objects.count(),
            "modes": {
                str(path.relative_to(media)): oct(path.stat().st_mode & 0o777)
                for path in sorted(media.rglob("*"))
            },
        }
    )


def search() -> str:
    """What a reader finds."""
    from django.test import Client

    return Client().get("/api/recherche", {"q": "tilleul"}).content.decode()


def one_night() -> str:
    from portal.backups.periodic_jobs import save_each_night

    said = save_each_night()
    assert save_each_night() == said, "twice in one night"
    return said


def backups() -> Path:
    return Path(os.environ["PORTAL_VAR_DIR"], "backups")


def only_archive() -> Path:
    (archive,) = backups().glob("portail-*")
    return archive


def names_in(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as file:
        return sorted(file.namelist())


def truncate(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def flip(content: bytes) -> bytes:
    middle = content.index(b"\xff\xd8") + 1000
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    """The same archive with another manifest."""

    def rewrite(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                part = source.read(name)
                if name == "manifeste.json":
                    manifest = json.loads(part)
                    change(manifest)
                    part = json.dumps(manifest).encode()
                target.writestr(name, part)
        return out.getvalue()

    return rewrite


def leave_folder(manifest: dict[str, Any]) -> None:
    name = next(name for name in manifest["members"] if name.startswith("media/"))
    manifest["members"]["media/../../evil"] = manifest["members"].pop(name)


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "truncated": truncate,
    "one byte": flip,
    "empty": lambda content: b"",
    "a letter": lambda content: b"Bonjour, voici une lettre." * 100,
    "newer format": rewritten(lambda one: one.update(format=99)),
    "newer migrations": rewritten(lambda one: one["migrations"].append("home.9999_later")),
    "another department": rewritten(lambda one: one.update(department="59")),
    "another database": rewritten(lambda one: one.update(database="oracle")),
    "rows missing": rewritten(lambda one: one["tables"].update(wagtailcore_page=12345)),
    "outside": rewritten(leave_folder),
}


def refused(name: str, archive: Path, before: Answer) -> tuple[bool, str, bool]:
    """Whether a broken archive was refused, why, and whether the portal is as it was."""
    broken = archive.with_name("casse.zip")
    broken.write_bytes(BROKEN[name](archive.read_bytes()))
    went, said = play("restore", broken, yes=True, without_backup=True)
    broken.unlink()
    return not went, said, in_a_fork(look) == before and leftovers() == []


def full_disk(archive: Path, before: Answer) -> dict[str, Any]:
    names = sorted(backups().iterdir())
    saved = play("backup", limit=100_000)
    restored = play("restore", archive, yes=True, without_backup=True, limit=100_000)
    return {
        "backup": saved,
        "restore": restored,
        "same_archives": sorted(backups().iterdir()) == names,
        "same_portal": in_a_fork(look) == before,
        "left_over": leftovers(),
    }


def kill_backups(dice: random.Random) -> dict[str, int]:
    """Kill backups at random instants; how many archives are not whole, among how many."""
    known = set(backups().glob("portail-*"))
    start = time.monotonic()
    play("backup", keep_all=True)
    lasts = time.monotonic() - start
    for _ in range(4):
        killed_after(dice.uniform(0, lasts), "backup", keep_all=True)
    time.sleep(1 - time.time() % 1)  # an archive is named after its second
    play("backup", keep_all=True)
    made = set(backups().glob("portail-*")) - known
    bad = sum(not play("restore", one, check=True)[0] for one in made)
    drafts = len(list(backups().glob(".portail-*")))
    for one in made:
        one.unlink()
    return {"made": len(made), "bad": bad, "drafts": drafts}


def kill_restores(archive: Path, before: Answer, dice: random.Random) -> list[str]:
    """Kill restores before their end: the portal is as it was; what they leave is cleaned after."""
    other = []
    for _ in range(3):
        killed_after(dice.uniform(0.05, 0.5), "restore", archive, yes=True, without_backup=True)
        if in_a_fork(look) != before:
            other.append(in_a_fork(look)[1])
    return other


def killed_after(seconds: float, command: str, *arguments: Any, **options: Any) -> None:
    def work() -> None:
        from django.core.management import call_command

        call_command(command, *map(str, arguments), stdout=io.StringIO(), **options)

    child = fork(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def leftovers() -> list[str]:
    """What a restore wrote beside and did not take away."""
    folder = Path(os.environ["PORTAL_VAR_DIR"])
    beside = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    return sorted([*beside, *(path.name for path in folder.glob("db.sqlite3-journal"))])


def forget_archives() -> None:
    for old in backups().glob("portail-*"):
        old.unlink()


def encrypted() -> dict[str, Any]:
    """The round trip with a key, without it, and with another."""
    from django.test import override_settings

    from portal.backups.encryption import new_key

    forget_archives()
    key, other = new_key(), new_key()
    with override_settings(PORTAL_BACKUP_KEY=key):
        saved = play("backup")
        archive = only_archive()
        found = {
            "saved": saved,
            "name": archive.name,
            "readable": b"tilleul" in archive.read_bytes() or archive.read_bytes()[:2] == b"PK",
            "restored": play("restore", archive, yes=True, without_backup=True),
            "after": json.loads(in_a_fork(look)[1]),
        }
    with override_settings(PORTAL_BACKUP_KEY=other):
        found["other_key"] = play("restore", archive, yes=True)
    found["no_key"] = play("restore", archive, yes=True)
    cut = archive.with_name("cut.zip.age")
    cut.write_bytes(archive.read_bytes()[:-50])
    with override_settings(PORTAL_BACKUP_KEY=key):
        found["cut"] = play("restore", cut, yes=True)
    return found


def in_a_bucket() -> dict[str, Any]:
    """The round trip with media in a store of objects, over HTTP."""
    from django.conf import settings
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.test import override_settings

    from portal.settings.media_url import media_storage
    from tests.servers.s3 import bucket

    def put() -> None:
        default_storage.save("images/a.jpg", ContentFile(b"\xff\xd8"))
        default_storage.save("images/é «b».txt", ContentFile(b"bonjour"))

    def change() -> None:
        default_storage.delete("images/a.jpg")
        default_storage.save("images/a.jpg", ContentFile(b"another"))
        default_storage.save("images/later.jpg", ContentFile(b"later"))

    def content() -> str:
        return json.dumps({name: default_storage.open(name).read().hex() for name in held()})

    def held() -> list[str]:
        return list(default_storage.names())

    forget_archives()
    with bucket() as url:
        media = {"default": media_storage(url)}
        with override_settings(STORAGES=settings.STORAGES | media, PORTAL_BACKUP_KEY=""):
            in_a_fork(put)
            before = in_a_fork(content)
            saved = play("backup")
            archive = only_archive()
            in_a_fork(change)
            return {
                "saved": saved,
                "names": names_in(archive),
                "tested": play("backup", test=True),
                "changed": in_a_fork(content) != before,
                "restored": play("restore", archive, yes=True, without_backup=True),
                "same": in_a_fork(content) == before,
            }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
