"""One node of three killed under load, on each engine: « make test-cluster ».

A portal as it is put online when one machine is no longer enough: settings of production, granian,
PostgreSQL, Redis, media in a bucket (moto's server, over HTTP), and three search servers of which
the one that is named first is killed with SIGKILL. Readers ask all along for pages, searches and an
image. It ends with 1 when a single answer is not a 200, or when the search ends on the portal's own
database while two servers are left.
"""

import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

from tests.servers.cluster import ENGINES, NODES, cluster, wait_for
from tests.servers.java import NoServer
from tests.servers.postgres import find_binaries, postgres
from tests.servers.redis import redis
from tests.servers.s3 import bucket
from tests.template_database import fill

HOST = "sante-mentale.example.org"
READERS = 4
BEFORE, AFTER = 20, 30  # seconds of load
WORDS = ("cmp", "addictions", "parler à quelqu'un", "groupe d'entraide", "jeune qui va mal", "3114")
IMAGE = """
from io import BytesIO
from PIL import Image as Picture
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
file = BytesIO()
Picture.new("RGB", (40, 30), "teal").save(file, "PNG")
image = get_image_model()(title="Essai", file=ImageFile(file, "essai.png"))
image.save()
print("URL", image.get_rendition("width-20").url)
"""


def main() -> int:
    binaries = find_binaries()
    if binaries is None:
        sys.stdout.write("PostgreSQL : absent\n")
        return 1
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portail-grappe-")))
        (folder / "redis").mkdir()
        database = stack.enter_context(postgres(binaries))
        fill(database)
        env = {
            **os.environ,
            **_settings(folder),
            "DATABASE_URL": database,
            "PORTAL_MEDIA_URL": stack.enter_context(bucket()),
            "REDIS_URL": stack.enter_context(redis(folder / "redis")).url,
        }
        _manage(env, "ensure_groups")
        _manage(env, "load_communes", "--departement", "13")
        _manage(env, "start_portal", "--departement", "13")
        _manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        image = _manage(env, "shell", "--no-imports", "-c", IMAGE).partition("URL ")[2].strip()
        held = [_measured(engine, env, image) for engine in sys.argv[1:] or ENGINES]
        return 0 if all(held) else 1


def _measured(engine: str, env: dict[str, str], image: str) -> bool:
    try:
        with cluster(engine) as nodes:
            urls = ",".join(node.url for node in nodes)
            env = env | {"SEARCH_URL": urls, "SEARCH_INDEX": f"ptsm-{secrets.token_hex(3)}"}
            _manage(env, "rebuild_search")
            wait_for(nodes[-1].url, NODES)
            with _portal(env) as port:
                seen, over = [], Event()
                paths = [image, "/", "/annuaire/"]
                readers = [
                    Thread(target=_read, args=(port, paths, over, seen)) for _ in range(READERS)
                ]
                for reader in readers:
                    reader.start()
                time.sleep(BEFORE)
                killed = time.monotonic()
                nodes[0].kill()
                time.sleep(AFTER)
                over.set()
                for reader in readers:
                    reader.join()
                return _told(engine, seen, killed)
    except NoServer as reason:
        sys.stdout.write(f"{engine} : {reason}\n")
        return False


#: When it was asked, milliseconds, status (0: no answer), whether the database stood in, the path.
Seen = tuple[float, float, int, bool, str]


def _told(engine: str, seen: list[Seen], killed: float) -> bool:
    after = [one for one in seen if one[0] + one[1] / 1000 >= killed]
    waits = sorted(one[1] for one in after)
    wrong = Counter((one[4].partition("?")[0], one[2]) for one in seen if one[2] != 200)
    stood_in = [one[0] - killed for one in after if one[3]]
    sys.stdout.write(
        f"{engine} : {len(seen)} réponses dont {len(after)} après l’arrêt, erreurs "
        f"{dict(wrong) or 0}, médiane {statistics.median(one[1] for one in seen):.0f} ms ; après "
        f"l’arrêt p99 {waits[len(waits) * 99 // 100]:.0f} ms, la plus lente {waits[-1]:.0f} ms, "
        f"{len(stood_in)} recherches par la base du portail"
        + (f" (la dernière {max(stood_in):.1f} s après)" if stood_in else "")
        + "\n"
    )
    sys.stdout.flush()
    return not wrong and (not stood_in or max(stood_in) < AFTER - 5)


def _read(port: int, paths: list[str], over: Event, seen: list[Seen]) -> None:
    number = secrets.randbelow(1000)
    while not over.is_set():
        number += 1
        path = f"/annuaire/?q={quote(WORDS[number % len(WORDS)])}+{number}"
        if number % 4 == 0:
            path = paths[number // 4 % len(paths)]
        started = time.monotonic()
        status, text = _asked(port, path)
        wait = (time.monotonic() - started) * 1000
        seen.append((started, wait, status, "La recherche est en mode simple" in text, path))


def _asked(port: int, path: str) -> tuple[int, str]:
    # A network of its own each time, as nginx would say: no reader is told to slow down.
    network = ".".join(["10", *(str(secrets.randbelow(250)) for _ in range(3))])
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": network}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return 0, ""


@contextmanager
def _portal(env: dict[str, str]) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "portal.wsgi:application"]
    server = subprocess.Popen(command, env=env)  # noqa: S603
    try:
        deadline = time.monotonic() + 300
        while _asked(port, "/api/recherche?q=cmp")[0] != 200:
            if time.monotonic() > deadline:
                raise NoServer("le portail ne répond pas")
            time.sleep(1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _manage(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
    return done.stdout


def _settings(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_BASE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PORTAL_HASH_KEY": secrets.token_urlsafe(50),
        "PORTAL_WEB_SERVER": "nginx",
        "PORTAL_VAR_DIR": str(folder),
        "PORTAL_DEPARTEMENT": "13",
        "PORTAL_NIGHTLY_BACKUP": "false",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "DEFAULT_FROM_EMAIL": f"contact@{HOST}",
    }


if __name__ == "__main__":
    sys.exit(main())
