"""``/etc/portail-ptsm/13.env``: the settings of one department, one ``NAME=value`` a line."""

import re
import secrets
from pathlib import Path

from portal.deploy.machine import FILES, SETTINGS_DIR

EXAMPLE = FILES / "production.env.example"


def path_of(department: str) -> Path:
    return SETTINGS_DIR / f"{department}.env"


def known_departments() -> list[str]:
    """The departments that have settings on this machine."""
    return sorted(path.stem for path in SETTINGS_DIR.glob("*.env"))


def read(path: Path) -> dict[str, str]:
    """The settings of a file, as systemd reads them: bare values, « # » begins a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _equal, value in pairs}


def filled(answers: dict[str, str]) -> str:
    """The example file with ``answers`` (``NAME`` to value) in it, and secrets of its own.

    An empty answer leaves its line as a comment; one that the example does not have is added.
    """
    secret = {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", "PORTAL_HASH_KEY")}
    values = {**secret, **answers}
    lines = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines()[_HEADER:]:
        name = line.partition("=")[0]
        if re.fullmatch(r"[A-Z_]+", name) and name in values:
            value = values.pop(name)
            lines.append(f"{name}={value}" if value else f"#{line}")
        else:
            lines.append(line)
    lines += [f"{name}={value}" for name, value in values.items() if value]
    return "\n".join(
        ["# Réglages de ce portail. Lisible du seul service : il contient des secrets.", *lines, ""]
    )


_HEADER = 2  # lines of the example that tell to copy it
