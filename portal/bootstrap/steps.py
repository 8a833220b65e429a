"""One step at a time: said, logged, stamped when done, refused in one line when not."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
LOG = VAR / "installation.log"
NO_NETWORK = re.compile(
    r"name resolution|resolve host|dns error|network is unreachable|connection refused|timed out"
    r"|failed to fetch|error sending request|no matching distribution|newconnectionerror",
    re.IGNORECASE,
)


class Refusal(Exception):
    """Why it stops and what to do, in one line of French."""


def digest(patterns, *more):
    """Return one hash of the content of every file that the patterns name."""
    total = hashlib.sha256(repr(more).encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(str(path.relative_to(ROOT)).encode())
                total.update(path.read_bytes())
    return total.hexdigest()


def read_stamps(path):
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


def write_private(path, text):
    """Write a file whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(str(draft), os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def say(text):
    print(text, flush=True)


def call(command, what, env=None):
    """Run a command quietly; when it fails, say why in one line and where the rest is."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a") as log:
        log.write("\n$ {}\n".format(" ".join(map(str, command))))
    done = subprocess.run(
        [str(part) for part in command],
        cwd=str(ROOT),
        env=env or clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with LOG.open("a") as log:
        log.write(done.stdout)
    if done.returncode == 0:
        return done.stdout
    if NO_NETWORK.search(done.stdout):
        raise Refusal(
            "{} : pas d’accès à Internet. Vérifiez la connexion (ou HTTPS_PROXY), puis relancez "
            "la même commande ; détail : {}.".format(what, LOG.relative_to(ROOT))
        )
    lines = done.stdout.strip().splitlines() or ["aucun message"]
    raise Refusal(
        "{} : échec ({}). Corrigez puis relancez la même commande ; détail : {}.".format(
            what, lines[-1].strip().rstrip("."), LOG.relative_to(ROOT)
        )
    )


def clean_environment(**more):
    """The environment, without what another virtual environment left in it."""
    env = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONHOME")}
    env.update(PIP_DISABLE_PIP_VERSION_CHECK="1", UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1")
    env.update(more)
    return env


@contextlib.contextmanager
def one_at_a_time():
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Une autre préparation est en cours : on attend qu’elle finisse…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
