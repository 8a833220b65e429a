"""Debian packages, the account of the portal, and its libraries."""

import grp
import pwd
import subprocess
from pathlib import Path

from portal.bootstrap.environment import (
    PAPER_FONTS,
    PAPER_LIBRARIES,
    UV_VERSION,
    VENV,
    make_venv,
    works,
)
from portal.bootstrap.steps import digest, read_stamps, write_private
from portal.deploy.machine import ACCOUNT, DATA_DIR, done, run

ALWAYS = ["git", "ca-certificates", "openssl", "python3-venv", "nginx"]
POSTGRESQL = ["postgresql"]


def install_packages(*, with_postgresql: bool) -> None:
    """Install the Debian packages that are missing."""
    wanted = [*ALWAYS, *PAPER_LIBRARIES, *PAPER_FONTS, *(POSTGRESQL if with_postgresql else [])]
    missing = [package for package in wanted if not is_installed(package)]
    if not missing:
        done("Paquets Debian : rien à ajouter.")
        return
    apt_get_install(missing)
    done(f"Paquets Debian installés : {', '.join(missing)}.")


def apt_get_install(packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], "Lecture des listes de paquets", **quiet)
    # A settings file that somebody wrote before stays; apt-get would ask, and nobody answers.
    keep = ["-o", "Dpkg::Options::=--force-confold"]
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *keep, *packages]
    run(command, f"Installation de {', '.join(packages)}", **quiet)


def is_installed(package: str) -> bool:
    state = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return state.stdout.startswith("ii")


def make_account() -> None:
    """Create the account that runs the portal; nobody can sign in to the machine with it."""
    try:
        pwd.getpwnam(ACCOUNT)
        grp.getgrnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin"]
        run([*command, "--home-dir", DATA_DIR, ACCOUNT], "Création du compte du service")
        done(f"Compte « {ACCOUNT} » créé : le portail tourne sous ce nom, sans aucun autre droit.")


def make_libraries() -> None:
    """Install what ``uv.lock`` says, and nothing else, in ``.venv``."""
    stamp = VENV / "production.json"
    wanted = {"libraries": digest(["uv.lock", "pyproject.toml"], UV_VERSION)}
    if read_stamps(stamp) == wanted and works(VENV, "django", "wagtail", "granian", "psycopg"):
        done("Bibliothèques : déjà à jour.")
        return
    make_venv(VENV)
    stamp.unlink(missing_ok=True)
    python = VENV / "bin" / "python"
    run([python, "-m", "pip", "install", "-q", f"uv=={UV_VERSION}"], "Installation de uv")
    # All that settings may ask for later: PostgreSQL, Redis, a bucket.
    sync: list[str | Path] = [VENV / "bin" / "uv", "sync", "--locked", "--no-dev", "--all-extras"]
    run([*sync, "--compile-bytecode", "--link-mode", "copy"], "Installation des bibliothèques")
    write_private(stamp, f'{{"libraries": "{wanted["libraries"]}"}}')
    done("Bibliothèques installées, aux versions vérifiées (uv.lock).")
