"""``sudo ./portal/deploy/install``: puts a portal online; run again, brings it up to date."""

import argparse
import os
import sys

from portal.bootstrap.steps import LOG, Refusal, one_at_a_time, say
from portal.deploy import certificate, environment_file, packages, questions, services, web_server
from portal.deploy.database import make_database
from portal.deploy.department import Department
from portal.deploy.machine import SETTINGS_DIR, done, refuse_what_cannot_work, write
from portal.deploy.upgrade import current_version, upgrade


def install(options: argparse.Namespace) -> None:
    """Install the department that ``options`` name, or upgrade those that are there."""
    code = questions.department_of(options)
    if code and code not in environment_file.known_departments():
        text = environment_file.filled(questions.settings_of(options, code))
        SETTINGS_DIR.mkdir(mode=0o755, exist_ok=True)
        write(environment_file.path_of(code), text, mode=0o600)
        done(f"Réglages écrits dans {environment_file.path_of(code)}, avec des secrets neufs.")
    known = [Department(each) for each in environment_file.known_departments()]
    new = [one for one in known if not one.version]
    if new:
        put_in_place(new)
        for one in new:
            welcome(one, options.compte)
    else:
        upgrade(known)
    say("")
    for one in known:
        address, version = f"https://{one.host}/", one.version[:8]
        say(f"Le portail du {one.code} est en ligne : {address} (version {version})")


def put_in_place(departments: list[Department]) -> None:
    """Make everything that the version in this folder needs, then check that it answers."""
    urls = [one.settings.get("DATABASE_URL", "") for one in departments]
    packages.install_packages(with_postgresql=any(url.startswith("postgres://") for url in urls))
    packages.make_account()
    packages.make_libraries()
    services.install_units()
    for one in departments:
        say(f"\n── Département {one.code}")
        one.make_folders()
        if url_is_local(one.settings.get("DATABASE_URL", "")):
            make_database(questions.database_of(one.code))
        one.prepare()
        has_bucket = bool(one.settings.get("PORTAL_MEDIA_URL"))
        web_server.install_site(one.code, one.host, with_media=not has_bucket)
        services.start(one.code)
        one.check()
        if certificate.ask_for_signed(one.code, one.host, one.settings["DEFAULT_FROM_EMAIL"]):
            web_server.reload()


def url_is_local(url: str) -> bool:
    """Whether the database is in the PostgreSQL of this machine, under the name that we give it."""
    return url.startswith("postgres://portail@/")


def welcome(department: Department, email: str | None) -> None:
    address = department.settings["DEFAULT_FROM_EMAIL"]
    department.make_coordinator(email or address)
    department.try_mail(address)
    note_version(department)


def note_version(department: Department) -> None:
    write(department.version_path, current_version() + "\n")


def apply() -> None:
    """Put in place the version that is in this folder: the second half of an upgrade."""
    known = [Department(each) for each in environment_file.known_departments()]
    put_in_place(known)
    for one in known:
        note_version(one)


def start() -> None:
    parser = argparse.ArgumentParser(
        prog="install",
        description="Met le portail en ligne sur Debian 12 ; relancé, le met à jour.",
    )
    questions.add_options(parser)
    parser.add_argument("--apply", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.umask(0o022)
    try:
        refuse_what_cannot_work()
        if options.apply:  # Its caller holds the lock.
            apply()
        else:
            with one_at_a_time():
                install(options)
    except Refusal as refusal:
        sys.exit(f"✗ {refusal}")
    except KeyboardInterrupt:
        sys.exit("\n✗ Arrêté avant la fin. La même commande reprendra où elle en était.")
    except OSError as error:
        sys.exit(f"✗ {error.filename or 'Fichier'} : {error.strerror}. Détail : {LOG}.")


if __name__ == "__main__":
    start()
