"""Build the Containerfile and ask its image whether it lives: « make test-container ».

buildah builds it, in a folder of its own that ends with the script, from the bare Debian that
debootstrap makes: nothing is asked of a registry of images. Ends with 0, and the reason, where that
cannot be done.
"""

import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.install.machine import CERTIFICATES, ROOT, bare_system, what_is_missing, why_no_system

BASE = "docker.io/library/debian:12-slim"
NAME = "localhost/portail-ptsm"
TRUST = "/etc/ssl/essai.crt"
SETTINGS = {
    "PORTAL_DEPARTEMENT": "13",
    "PORTAL_BASE_URL": "https://sante-mentale.example.org",
    "ALLOWED_HOSTS": "sante-mentale.example.org",
    "PORTAL_WEB_SERVER": "hebergeur",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "contact@sante-mentale.example.org",
}
#: The image's own command, asked by its own health check until it answers.
LIVES = """
id -u
sh portal/deploy/serve &
for _ in $(seq 120); do
    if python3 portal/deploy/healthcheck.py 2> /dev/null; then echo LIVES; break; fi
    sleep 2
done
kill $!
"""


class Buildah:
    """buildah with a store of its own, without a daemon nor namespaces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> str:
        places = ["--root", str(self.folder / "root"), "--runroot", str(self.folder / "run")]
        command = ["buildah", *places, "--storage-driver", "vfs", *arguments]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()


def main() -> int:
    missing = "" if shutil.which("buildah") else "il manque buildah (sudo apt-get install buildah)"
    missing = missing or what_is_missing(ports=()) or why_no_system()
    if missing:
        print(f"Impossible de construire le conteneur ici : {missing}.")
        return 0
    # What is committed, and nothing that lies around it.
    with tempfile.TemporaryDirectory(prefix="conteneur-") as name:
        buildah = Buildah(Path(name))
        make_base(buildah)
        said = build_and_start(buildah, Path(name, "code"))
        print(said)
    return 0 if said.splitlines()[0] == "10001" and "LIVES" in said.splitlines() else 1


def make_base(buildah: Buildah) -> None:
    """The image that the Containerfile begins with, under its name."""
    box = buildah.run("from", "scratch")
    buildah.run("add", box, str(bare_system()), "/")
    buildah.run("add", box, str(CERTIFICATES), TRUST)
    for variable in ("SSL_CERT_FILE", "PIP_CERT"):
        buildah.run("config", "--env", f"{variable}={TRUST}", box)
    buildah.run("commit", "--quiet", "--rm", box, BASE)


def build_and_start(buildah: Buildah, code: Path) -> str:
    """What the container said of itself."""
    clone = ["git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", str(code)]
    subprocess.run(clone, check=True)
    # Of the two formats of images, only Docker's holds a health check.
    how = ["--isolation", "chroot", "--pull-never", "--format", "docker", "--quiet"]
    buildah.run("build", *how, "--tag", NAME, str(code))
    kept = buildah.run("inspect", "--type", "image", NAME)
    assert "healthcheck.py" in kept, "the image holds no health check"
    box = buildah.run("from", "--pull-never", NAME)
    keys = {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", "PORTAL_HASH_KEY")}
    settings = [f"--env={name}={value}" for name, value in {**SETTINGS, **keys}.items()]
    return buildah.run("run", "--isolation", "chroot", *settings, box, "--", "sh", "-c", LIVES)


if __name__ == "__main__":
    sys.exit(main())
