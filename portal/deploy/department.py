"""The portal of one department: its settings, its data, and whether it answers."""

import http.client
import json
import secrets
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.bootstrap.steps import ROOT, Refusal, digest
from portal.deploy import environment_file
from portal.deploy.machine import ACCOUNT, DATA_DIR, SETTINGS_DIR, done, run, run_as, warn, write

PYTHON = ROOT / ".venv" / "bin" / "python"
#: What must answer before an installation is said to work.
PAGES = ("/healthz", "/", "/annuaire/", "/compte/login/")
PATIENCE = 180  # seconds, for a small machine at its first start

_SEARCH = [("Mise à jour de la recherche", ["reconcile_search"])]
#: What the files of the page layout are made of: ours, the libraries’, how they are written.
_STATIC_SOURCES = ["uv.lock", "portal/static/**/*", "portal/files/*.py"]


@dataclass(frozen=True, slots=True)
class Department:
    """A department (its INSEE code) with a portal on this machine."""

    code: str

    @property
    def settings_path(self) -> Path:
        return environment_file.path_of(self.code)

    @property
    def settings(self) -> dict[str, str]:
        return environment_file.read(self.settings_path)

    @property
    def host(self) -> str:
        return urlsplit(self.settings["PORTAL_BASE_URL"]).hostname or ""

    @property
    def var_dir(self) -> Path:
        return DATA_DIR / self.code

    @property
    def password_file(self) -> Path:
        return self.var_dir / "identifiants.txt"

    @property
    def version_path(self) -> Path:
        return SETTINGS_DIR / f"{self.code}.version"

    @property
    def version(self) -> str:
        """The commit that was last seen working here; empty before the first time."""
        return self.version_path.read_text().strip() if self.version_path.exists() else ""

    def make_folders(self) -> None:
        """Folders that nginx may go through, and only the portal may list."""
        for folder in (DATA_DIR, self.var_dir):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
        run(["chown", f"{ACCOUNT}:{ACCOUNT}", self.var_dir], "Dossier des données")
        run(["chown", f"root:{ACCOUNT}", self.settings_path], "Fichier de réglages")
        self.settings_path.chmod(0o640)

    def manage(self, *arguments: str, what: str) -> str:
        """Run a command of ``manage.py`` under the portal's account; return what it wrote."""
        command = [str(PYTHON), "manage.py", *arguments]
        return run_as(ACCOUNT, command, what, self.settings)

    def prepare(self) -> None:
        """Bring database, search and files of this department to the version of this folder.

        In one process, or two: to start Django takes longer than most of these commands.
        """
        is_new = not self.version
        steps = [
            ("Contrôle des réglages", ["check", "--deploy", "--fail-level", "ERROR"]),
            ("Mise à jour de la base", ["migrate", "--no-input", "--verbosity", "0"]),
            ("Rôles et circuits de relecture", ["ensure_groups"]),
            *(self._first_contents() if is_new else _SEARCH),
            ("Adresse du site", ["set_address"]),
            *self._static_files(),
            ("Pages d’erreur", ["write_error_pages"]),
        ]
        command = [str(PYTHON), "-m", "portal.deploy.run_commands", json.dumps(steps)]
        run_as(ACCOUNT, command, "Préparation du portail", self.settings)
        write(self.static_stamp, _digest_of_static_files())
        done("Base à jour, rôles en place.")
        if is_new:
            done("Communes lues, premières pages écrites (à compléter dans l’éditeur).")
        done("Mise en page et pages d’erreur prêtes pour nginx.")

    def _first_contents(self) -> list[tuple[str, list[str]]]:
        """Communes, and pages to complete."""
        return [
            ("Communes", ["load_communes", "--departement", self.code]),
            ("Premières pages", ["start_portal", "--departement", self.code]),
        ]

    def _static_files(self) -> list[tuple[str, list[str]]]:
        """Half a minute, for the same files when only code has changed."""
        is_same = (
            self.static_stamp.is_file()
            and self.static_stamp.read_text() == _digest_of_static_files()
            and (self.var_dir / "static" / "staticfiles.json").is_file()
        )
        if is_same:
            return []
        self.static_stamp.unlink(missing_ok=True)
        return [("Fichiers de mise en page", ["collectstatic", "--no-input", "--verbosity", "0"])]

    @property
    def static_stamp(self) -> Path:
        return SETTINGS_DIR / f"{self.code}.static"

    def make_coordinator(self, email: str) -> None:
        arguments = ["create_coordinator", email, "--password-file", str(self.password_file)]
        self.manage(*arguments, what="Premier compte")
        done(f"Premier compte : {email}, mot de passe dans {self.password_file}.")

    def try_mail(self, email: str) -> None:
        """Send a message to ``email``; a failure is said, and stops nothing."""
        try:
            self.manage("sendtestemail", email, what="Message d’essai")
        except Refusal as refusal:
            warn(
                f"{refusal} Rien ne part tant que EMAIL_URL n’est pas juste ({self.settings_path})."
            )
        else:
            done(f"Message d’essai parti vers {email} : regardez s’il arrive.")

    def check(self) -> None:
        """Ask for a few pages through nginx; raise ``Refusal`` when one fails."""
        deadline = time.monotonic() + PATIENCE
        while (status := self.status_of("/healthz")) != http.client.OK:
            if time.monotonic() > deadline:
                raise Refusal(
                    f"Le portail ne répond pas ({status or 'aucune réponse'}) : "
                    f"journalctl -u portail-ptsm@{self.code} dit pourquoi."
                )
            time.sleep(0.5)
        for path in PAGES:
            # Not a page that was kept from before: made now, by this version.
            status = self.status_of(f"{path}?controle={secrets.token_hex(4)}")
            if not 200 <= status < 500:
                raise Refusal(f"{path} répond {status or 'rien'} au lieu d’une page.")
        done(f"Le portail répond derrière nginx : {', '.join(PAGES)}.")

    def status_of(self, path: str) -> int:
        """The status of an answer of this machine's nginx, 0 for none."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # This machine, whatever its certificate is.
        connection = http.client.HTTPSConnection("127.0.0.1", 443, timeout=30, context=context)
        with closing(connection):
            try:
                connection.request("GET", path, headers={"Host": self.host})
                return connection.getresponse().status
            except (OSError, http.client.HTTPException):
                return 0


def _digest_of_static_files() -> str:
    return digest(_STATIC_SOURCES)
