"""A newer version in the place of the one that works, which comes back if the newer one fails."""

import subprocess

from portal.bootstrap.steps import ROOT, Refusal, say
from portal.deploy import packages, services
from portal.deploy.department import Department
from portal.deploy.machine import FILES, done, run, warn


def current_version() -> str:
    return run(["git", "rev-parse", "HEAD"], "Lecture de la version").strip()


def upgrade(departments: list[Department]) -> None:
    """Save, fetch, migrate and check.

    When that fails, version and data come back, and ``Refusal`` says so.
    """
    refuse_changed_code()
    working = next((one.version for one in departments if one.version), current_version())
    for one in departments:
        saved = one.manage("backup", what="Sauvegarde").strip().splitlines()
        done(f"Sauvegarde du {one.code} : {saved[0] if saved else 'faite'}")
    fetch()
    for one in departments:
        services.stop(one.code)
    if apply_version():
        return
    warn("La nouvelle version ne marche pas : la précédente revient, avec ses données.")
    run(["git", "reset", "--hard", "--quiet", working], "Retour à la version précédente")
    packages.make_libraries()
    for one in departments:
        services.stop(one.code)
        arguments = ["restore", "latest", "--yes", "--without-backup"]
        one.manage(*arguments, what="Restauration de la sauvegarde")
    if not apply_version():
        raise Refusal(
            "La version précédente ne répond pas non plus : ses données sont dans la sauvegarde "
            "ci-dessus. Lisez ce qui précède, corrigez, puis relancez la même commande."
        )
    raise Refusal(
        f"Rien n’a changé : le portail tourne avec la version {working[:8]}. Ce qui n’a pas marché "
        "est écrit au-dessus ; signalez-le avant de réessayer."
    )


def refuse_changed_code() -> None:
    """Raise ``Refusal`` when somebody wrote in the code: a way back would lose it."""
    status = ["git", "status", "--porcelain", "--untracked-files=no"]
    changed = run(status, "Lecture de la version").splitlines()
    if changed:
        names = ", ".join(line[3:] for line in changed[:3])
        raise Refusal(f"Des fichiers de {ROOT} ont été changés sur place ({names}). Remettez-les.")


def fetch() -> None:
    """Bring the newest version of the branch that is followed; say so when there is none."""
    before = current_version()
    try:
        run(["git", "pull", "--quiet", "--ff-only"], "Lecture de la nouvelle version")
    except Refusal as refusal:
        warn(f"{refusal} On continue avec la version qui est là.")
    after = current_version()
    what = "déjà la dernière" if before == after else f"{before[:8]} → {after[:8]}"
    done(f"Version : {what}.")


def apply_version() -> bool:
    """Put what is in the folder in place, with its own code; whether it works."""
    say("")
    return not subprocess.call([FILES / "install", "--apply"], cwd=ROOT)
