"""The certificate of a site: signed when its name leads here, made on the spot until then."""

import contextlib
import http.client
import secrets
from pathlib import Path

from portal.bootstrap.steps import Refusal
from portal.deploy.machine import DATA_DIR, SETTINGS_DIR, done, run, warn
from portal.deploy.packages import apt_get_install, is_installed

ACME_DIR = DATA_DIR / "acme"
SIGNED_DIR = Path("/etc/letsencrypt/live")
_CHALLENGES = ".well-known/acme-challenge"


def folder_of(department: str) -> Path:
    return SETTINGS_DIR / "tls" / department


def make_provisional(department: str, host: str) -> None:
    """Give nginx a certificate to start with, that browsers will not trust."""
    folder = folder_of(department)
    if (folder / "fullchain.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "90", "-subj", f"/CN={host}", "-addext"]
    command += [f"subjectAltName=DNS:{host}", "-keyout", str(folder / "privkey.pem")]
    command += ["-out", str(folder / "fullchain.pem")]
    run([*command], "Certificat provisoire")
    (folder / "privkey.pem").chmod(0o600)


def ask_for_signed(department: str, host: str, email: str) -> bool:
    """Have a certificate signed if ``host`` leads here; whether nginx has something new to read.

    Says in one line what is missing otherwise; never stops what follows.
    """
    if (folder_of(department) / "fullchain.pem").is_symlink():
        done("Certificat : signé, et renouvelé tout seul.")
        return False
    if not leads_here(host):
        warn(
            f"{host} ne mène pas encore à cette machine : le certificat est provisoire, et les "
            "navigateurs le diront. Faites pointer ce nom ici (DNS, port 80 ouvert), puis relancez "
            "cette commande."
        )
        return False
    try:
        sign(host, email)
    except Refusal as refusal:
        warn(f"Le certificat reste provisoire. {refusal}")
        return False
    for name in ("fullchain.pem", "privkey.pem"):
        link = folder_of(department) / name
        link.unlink(missing_ok=True)
        link.symlink_to(SIGNED_DIR / host / name)
    done(f"Certificat signé pour {host} ; certbot le renouvelle tout seul.")
    return True


def leads_here(host: str) -> bool:
    """Whether somebody who asks for ``host`` reaches the nginx of this machine."""
    proof = secrets.token_hex(16)
    path = ACME_DIR / _CHALLENGES / f"portail-{proof}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(proof)
    path.chmod(0o644)
    try:
        with contextlib.closing(http.client.HTTPConnection(host, 80, timeout=10)) as connection:
            connection.request("GET", f"/{_CHALLENGES}/{path.name}")
            return connection.getresponse().read(100).decode("ascii", "replace") == proof
    except (OSError, http.client.HTTPException):
        return False
    finally:
        path.unlink(missing_ok=True)


def sign(host: str, email: str) -> None:
    if not is_installed("certbot"):
        apt_get_install(["certbot"])
    command = ["certbot", "certonly", "--non-interactive", "--agree-tos", "--email", email]
    command += ["--webroot", "--webroot-path", str(ACME_DIR), "--cert-name", host, "-d", host]
    run([*command, "--deploy-hook", "systemctl reload nginx"], "Demande du certificat (certbot)")
