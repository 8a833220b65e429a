"""The last time that the libraries of uv.lock were compared with published advisories.

``make audit`` asks OSV (osv.dev) through uv and keeps the answer, with its date, in a file that is
committed: a portal without access to the internet shows it in its report.
"""

import json
import subprocess
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

SNAPSHOT = Path(__file__).parent / "data" / "advisories.json"
#: Days after which a snapshot says little.
FRESH_FOR = 30
#: Seconds after which a network that says nothing is given up.
LONGEST_AUDIT = 120


class AuditFailed(Exception):
    """The advisories could not be read: nothing is known, which is not « nothing found »."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``found``: whether a library of uv.lock has an advisory; ``text``: what uv said of it."""

    day: date
    tool: str
    found: bool
    text: str

    def is_fresh(self, today: date) -> bool:
        return 0 <= (today - self.day).days <= FRESH_FOR


def read_snapshot(path: Path = SNAPSHOT) -> Snapshot | None:
    """The kept answer; None when the advisories were never read, or their file does not say."""
    try:
        said = json.loads(path.read_text())
        return Snapshot(date.fromisoformat(said["day"]), said["tool"], said["found"], said["text"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def take_snapshot(today: date, root: Path, path: Path = SNAPSHOT) -> Snapshot:
    """Ask for the advisories of uv.lock and keep the answer. Raises AuditFailed, and keeps nothing.

    uv leaves with 0 when there is none, 1 when there are some, anything else when it could not ask.
    """
    uv = root / ".venv" / "bin" / "uv"
    command = [str(uv), "audit", "--frozen", "--no-dev"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=root, capture_output=True, text=True, timeout=LONGEST_AUDIT
        )
    except OSError as error:
        raise AuditFailed(_("uv ne se lance pas.")) from error
    except subprocess.TimeoutExpired as error:
        raise AuditFailed(_("aucune réponse en %d secondes.") % LONGEST_AUDIT) from error
    if done.returncode not in (0, 1):
        raise AuditFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "uv")
    text = f"{done.stdout}\n{done.stderr}".strip()
    snapshot = Snapshot(today, "uv audit (OSV)", done.returncode == 1, text[:20_000])
    kept = asdict(snapshot) | {"day": today.isoformat()}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    return snapshot
