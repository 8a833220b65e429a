"""The machine: where things are, and how a step is run and said."""

import os
import pwd
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.bootstrap.steps import ROOT, Refusal, call, clean_environment, say

FILES = Path(__file__).parent
SETTINGS_DIR = Path("/etc/portail-ptsm")
DATA_DIR = Path("/var/lib/portail-ptsm")
ACCOUNT = "portail"
#: Runs a command of one department: ``sudo portail-ptsm 13 backup --list``.
SHORTCUT = Path("/usr/local/bin/portail-ptsm")


def done(text: str) -> None:
    """Say what a step did."""
    say(f"✓ {text}")


def warn(text: str) -> None:
    """Say what a person has to do, without stopping."""
    say(f"! {text}")


def run_as(account: str, command: list[str], what: str, env: Mapping[str, str]) -> str:
    """Run ``command`` under another account, with ``env`` only; return what it wrote.

    Raises ``Refusal``, in one line of French, when it fails.
    """
    return call([*setpriv(account), *command], what, environment_of(account, env))


def setpriv(account: str) -> list[str]:
    """The command that gives another account, and nothing more, to the command after it."""
    return ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups", "--"]


def environment_of(account: str, env: Mapping[str, str]) -> dict[str, str]:
    home = pwd.getpwnam(account).pw_dir
    base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": home, "USER": account}
    return {**base, **env}


def run(command: Sequence[str | Path], what: str, **env: str) -> str:
    """Run ``command`` as root; return what it wrote, or raise ``Refusal``."""
    return call(command, what, clean_environment(LANG="C.UTF-8", **env))


def write(path: Path, text: str, mode: int = 0o644) -> bool:
    """Write a file whole; False when it already held ``text``."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        path.chmod(mode)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".nouveau")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.chmod(mode)
    draft.replace(path)
    return True


def rendered(name: str, **values: object) -> str:
    """A file of this folder, with each ``@NAME@`` replaced by its value."""
    text = (FILES / name).read_text(encoding="utf-8")
    for word, value in values.items():
        text = text.replace(f"@{word.upper()}@", str(value))
    return text


def refuse_what_cannot_work() -> None:
    """Raise ``Refusal`` on a machine where the rest would fail half-way."""
    if os.geteuid() != 0:
        raise Refusal("Il faut les droits d’administration : sudo ./portal/deploy/install")
    if not Path("/etc/debian_version").exists():
        raise Refusal("Cette commande est faite pour Debian 12. Ailleurs : portal/docs/hosting.md.")
    if ROOT.is_relative_to("/root") or ROOT.is_relative_to("/home"):
        raise Refusal(
            f"Le code est dans {ROOT}, que le service n’a pas le droit de lire. Mettez-le dans "
            "/opt/portail-ptsm, puis relancez de là."
        )
