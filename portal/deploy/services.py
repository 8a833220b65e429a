"""The services of systemd: a site and its background tasks for each department."""

from pathlib import Path

from portal.bootstrap.steps import ROOT
from portal.deploy.machine import FILES, SHORTCUT, done, rendered, run, write

KINDS = ("portail-ptsm", "portail-ptsm-taches")
UNIT_DIR = Path("/etc/systemd/system")


def units(department: str) -> list[str]:
    """The names of the services of a department, the site first."""
    return [f"{kind}@{department}.service" for kind in KINDS]


def install_units() -> None:
    """Write the template units, and let systemd read those that changed."""
    changed = []
    for path in sorted((FILES / "systemd").iterdir()):
        target = UNIT_DIR / path.name
        if write(target, rendered(f"systemd/{path.name}", code=ROOT)):
            changed.append(path.name)
    if not SHORTCUT.is_symlink():
        SHORTCUT.symlink_to(FILES / "manage")
    if changed:
        run(["systemctl", "daemon-reload"], "Lecture des services")
    done(f"Services : {', '.join(changed) + ' écrits' if changed else 'déjà à jour'}.")


def start(department: str) -> None:
    """Start the services of a department, now and whenever the machine starts."""
    names = units(department)
    run(["systemctl", "enable", *names], "Mise en route des services")
    run(["systemctl", "restart", *names], "Démarrage des services")
    done(f"Services démarrés : {', '.join(names)}.")


def stop(department: str) -> None:
    run(["systemctl", "stop", *reversed(units(department))], "Arrêt des services")
    done(f"Services du {department} arrêtés : nginx montre « Le portail revient bientôt ».")
