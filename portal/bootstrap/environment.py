"""The Python environments, and the programs that tests need besides."""

import json
import os
import re
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

from portal.bootstrap.steps import (
    ROOT,
    Refusal,
    call,
    clean_environment,
    digest,
    read_stamps,
    say,
    write_private,
)

VENV = ROOT / ".venv"
UV_VERSION = "0.13.9"
WAGTAIL_NEXT = "8.0.1"
LIBRARIES = ["uv.lock", "pyproject.toml"]
# Debian packages, with the library or the folder that each brings.
PAPER_LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
PAPER_FONTS = {"fonts-open-sans": "truetype/open-sans", "fonts-urw-base35": "opentype/urw-base35"}


def works(venv, *modules):
    python = venv / "bin" / "python"
    code = "import " + ", ".join(modules or ("sys",))
    return python.exists() and not subprocess.call(
        [str(python), "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def make_venv(venv):
    if works(venv, "pip"):
        return
    if venv.is_symlink():
        venv.unlink()
    shutil.rmtree(str(venv), ignore_errors=True)
    if subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL):
        apt_install("python3-venv", "Le module venv de Python manque")
    call([sys.executable, "-m", "venv", venv], "Création de l’environnement Python")


def make_environment(with_tools):
    """Install the locked libraries in ``.venv``; what tests need too, once they were asked for."""
    stamp = VENV / "portail.json"
    done = read_stamps(stamp)
    with_tools = with_tools or bool(done.get("tools"))
    wanted = {"libraries": digest(LIBRARIES, UV_VERSION), "tools": with_tools}
    if done == wanted and works(VENV, "django", "wagtail", "granian"):
        return
    say("Installation des bibliothèques (une minute environ la première fois)…")
    make_venv(VENV)
    stamp.unlink(missing_ok=True)
    python = VENV / "bin" / "python"
    call([python, "-m", "pip", "install", "-q", "uv==" + UV_VERSION], "Installation de uv")
    command = [VENV / "bin" / "uv", "sync", "--locked"] + ([] if with_tools else ["--no-dev"])
    if not works(VENV, "django", "wagtail", "granian"):
        command.append("--reinstall")
    call(command, "Installation des bibliothèques")
    write_private(stamp, json.dumps(wanted))


def make_wagtail_next():
    """Install the same libraries in ``.venv-wagtail8``, Wagtail and what it asks for apart."""
    venv = ROOT / ".venv-wagtail8"
    stamp = venv / "portail.json"
    wanted = {"libraries": digest(LIBRARIES, UV_VERSION, WAGTAIL_NEXT)}
    if read_stamps(stamp) == wanted and works(venv, "django", "wagtail"):
        return
    say("Installation de Wagtail {} à part…".format(WAGTAIL_NEXT))
    make_venv(venv)
    stamp.unlink(missing_ok=True)
    uv = VENV / "bin" / "uv"
    export = [uv, "export", "-q", "--locked", "--no-hashes", "--no-emit-project", "--group", "test"]
    locked = call(export, "Lecture des versions")
    requirements = venv / "requirements.txt"
    requirements.write_text(with_wagtail_next(locked))
    install = [uv, "pip", "install", "-q", "--no-config", "--python", venv / "bin" / "python"]
    call([*install, "-r", requirements], "Installation de Wagtail {}".format(WAGTAIL_NEXT))
    write_private(stamp, json.dumps(wanted))


def with_wagtail_next(locked):
    """Return the locked versions with the next Wagtail; what only Wagtail asks for is left free."""
    lines = []
    for entry in re.split(r"\n(?=\w)", locked):
        version = entry.splitlines()[0]
        for_wagtail = re.search(r"\bwagtail$", entry, re.MULTILINE)
        if version.startswith("wagtail=="):
            version = "wagtail==" + WAGTAIL_NEXT
        elif for_wagtail and "portail-ptsm" not in entry:
            version = version.partition("==")[0]
        lines.append(version + "\n")
    return "".join(lines)


def apt_install(package, missing):
    """Install a Debian package when we may; say how to when we may not."""
    way_out = "sudo apt-get install {}".format(package)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Refusal("{}. Installez-le, puis relancez : {}".format(missing, way_out))
    say("{} : installation de {}…".format(missing, package))
    env = clean_environment(DEBIAN_FRONTEND="noninteractive")
    call(["apt-get", "update", "-q"], "Lecture des listes de paquets", env)
    call(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *package.split()],
        "Installation de {} ({})".format(package, way_out),
        env,
    )


def make_chromium():
    if not (shutil.which("chromium") or os.environ.get("PORTAL_CHROMIUM")):
        apt_install("chromium fonts-dejavu-core", "Chromium manque pour les essais")
    # Playwright's driver asks for it, and a bare Debian does not have it.
    if not find_library("atomic"):
        apt_install("libatomic1", "Une bibliothèque du navigateur d’essai manque")


def make_paper():
    """What writes PDFs, and the letters they are best written in."""
    has_letters = all(Path("/usr/share/fonts", folder).is_dir() for folder in PAPER_FONTS.values())
    has_libraries = all(find_library(name) for name in PAPER_LIBRARIES.values())
    # Any letters will do for who may not install these.
    if has_libraries and (has_letters or os.geteuid() != 0):
        return
    packages = " ".join([*PAPER_LIBRARIES, *PAPER_FONTS])
    apt_install(packages, "Ce qui fait les documents à imprimer manque")


def make_nginx():
    """The web server that the tests run with the files of ``portal/deploy/nginx``."""
    if not shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin"):
        apt_install("nginx-light", "nginx manque pour les essais")


def make_redis():
    """The cache that several machines share."""
    if not shutil.which("redis-server"):
        apt_install("redis-server", "Redis manque pour les essais")


def make_debootstrap():
    """What makes the bare system that the installation is tried in."""
    if not shutil.which("debootstrap", path=os.environ.get("PATH", "") + ":/usr/sbin"):
        apt_install("debootstrap", "debootstrap manque pour essayer l’installation")


def make_postgres():
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        apt_install("postgresql", "PostgreSQL manque pour les essais")


def make_search_servers():
    """What brings the search servers of the tests (Maven) and runs them (Java)."""
    if not shutil.which("mvn") or not shutil.which("java"):
        apt_install("default-jre-headless maven", "Java ou Maven manque pour les essais")
