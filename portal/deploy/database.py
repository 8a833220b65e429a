"""The database of one department in PostgreSQL: made once, owned by the portal's account."""

from portal.deploy.machine import ACCOUNT, done, run, run_as

_POSTGRES = "postgres"


def make_database(name: str) -> None:
    """Create the account and the database ``name`` that are missing, in the server of the machine.

    The portal comes in by the local socket, under the name of its account: no password exists.
    """
    run(["systemctl", "enable", "--now", "postgresql"], "Démarrage de PostgreSQL")
    if ACCOUNT not in _names("SELECT rolname FROM pg_roles"):
        run_as(_POSTGRES, ["createuser", ACCOUNT], "Création du compte PostgreSQL", {})
    # A backup is tried in a database beside, then put in the place of the other.
    _psql(f"ALTER ROLE {ACCOUNT} CREATEDB")
    if name in _names("SELECT datname FROM pg_database"):
        done(f"Base de données : « {name} » existe déjà.")
        return
    command = ["createdb", "--owner", ACCOUNT, "--encoding", "UTF8", "--locale", "C.UTF-8"]
    command += ["--template", "template0", name]
    run_as(_POSTGRES, command, "Création de la base", {})
    done(f"Base de données « {name} » créée dans PostgreSQL.")


def _names(query: str) -> list[str]:
    return _psql(query).split()


def _psql(query: str) -> str:
    command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", query, "postgres"]
    return run_as(_POSTGRES, command, "Lecture de PostgreSQL", {})
