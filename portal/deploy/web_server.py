"""nginx before the portals of this machine."""

import re
import socket
from pathlib import Path

from portal.bootstrap.steps import Refusal
from portal.deploy.certificate import ACME_DIR, make_provisional
from portal.deploy.machine import DATA_DIR, FILES, done, rendered, run, write

NGINX_DIR = Path("/etc/nginx")
CACHE_DIR = Path("/var/cache/nginx/portail-ptsm")
#: Of this folder's ``nginx/``: the file, and where Debian's nginx reads it.
SHARED = {
    "portail-ptsm.conf": "conf.d/portail-ptsm.conf",
    "cache-zone.conf": "portail-ptsm/cache-zone.conf",
    **{
        f"snippets/{path.name}": f"portail-ptsm/{path.name}"
        for path in sorted((FILES / "nginx" / "snippets").iterdir())
    },
}

#: Without it the portal is asked, which asks the bucket; nginx keeps a copy of what it answers.
_MEDIA_FOLDER = re.compile(r"^    location /media/ \{\n.*?^    \}\n", re.DOTALL | re.MULTILINE)


def site_of(department: str, host: str, *, with_media: bool = True) -> str:
    """The nginx site of a department; ``with_media``: whether nginx reads them in a folder."""
    text = rendered(
        "nginx/site.conf",
        department=department,
        departement=department,
        host=host,
        var_dir=DATA_DIR / department,
        run_dir=f"/run/portail-ptsm-{department}",
    )
    if not with_media:
        text = _MEDIA_FOLDER.sub("", text)
    return text if has_ipv6() else without_ipv6(text)


def without_ipv6(text: str) -> str:
    return "".join(line for line in text.splitlines(True) if "listen [::]:" not in line)


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def install_site(department: str, host: str, *, with_media: bool) -> None:
    """Write nginx's files, try them, and let nginx read them; put the former ones back if wrong."""
    make_provisional(department, host)
    ACME_DIR.mkdir(parents=True, exist_ok=True)
    CACHE_DIR.mkdir(parents=True, exist_ok=True)
    run(["chown", "www-data:", CACHE_DIR], "Dossier du cache de nginx")
    CACHE_DIR.chmod(0o700)
    site = Path("sites-available", f"portail-ptsm-{department}")
    texts = {NGINX_DIR / place: rendered(f"nginx/{name}") for name, place in SHARED.items()}
    texts[NGINX_DIR / site] = site_of(department, host, with_media=with_media)
    before = {path: path.read_text() if path.exists() else None for path in texts}
    changed = [path for path, text in texts.items() if write(path, text)]
    enabled = NGINX_DIR / "sites-enabled" / site.name
    if not enabled.is_symlink():
        enabled.symlink_to(NGINX_DIR / site)
        changed.append(enabled)
    # What Debian shows to whoever asks for a name that no site has.
    (NGINX_DIR / "sites-enabled" / "default").unlink(missing_ok=True)
    if not changed:
        done("nginx : déjà à jour.")
        return
    try:
        run(["nginx", "-t"], "Lecture des réglages de nginx")
    except Refusal:
        _put_back(before)
        raise
    run(["systemctl", "enable", "--now", "nginx"], "Démarrage de nginx")
    reload()
    done(f"nginx sert {host} ({len(changed)} fichiers de réglage écrits).")


def reload() -> None:
    run(["systemctl", "reload", "nginx"], "Lecture des réglages par nginx")


def _put_back(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write(path, text)
