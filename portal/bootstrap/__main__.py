import argparse
import os
import sys

from portal.bootstrap.department import Portal
from portal.bootstrap.environment import (
    make_chromium,
    make_debootstrap,
    make_environment,
    make_nginx,
    make_paper,
    make_postgres,
    make_redis,
    make_search_servers,
    make_wagtail_next,
)
from portal.bootstrap.options import refuse_taken_port, valid_department, valid_port
from portal.bootstrap.steps import ROOT, Refusal, one_at_a_time, say

OLDEST_PYTHON = (3, 11)


def run(options):
    portal = Portal(valid_department(options.departement), valid_port(options.port))
    refuse_taken_port(portal.port)
    with one_at_a_time():
        make_environment(with_tools=False)
        prepare_paper("documents à imprimer")
        portal.prepare()
    refuse_taken_port(portal.port)
    portal.serve()


def prepare_paper(what, must=False):
    """Everything but PDFs works without what makes them: say so, and go on."""
    try:
        make_paper()
    except Refusal as refusal:
        if must:
            raise
        say("{}\n(sans cela, pas de {})".format(refusal, what))


def prepare_servers(must):
    """The tests of nginx and Redis are skipped without them."""
    for make in (make_nginx, make_redis):
        try:
            make()
        except Refusal as refusal:
            if must:
                raise
            say("{}\n(sans lui, ses essais seront sautés)".format(refusal))


def password(options):
    """Replace the coordinator's password when its file was lost."""
    portal = Portal(valid_department(options.departement), valid_port(options.port))
    if not portal.var.exists():
        raise Refusal("Ce portail n’existe pas encore. Lancez d’abord : make run")
    with one_at_a_time():
        make_environment(with_tools=False)
        portal.password_file.unlink(missing_ok=True)
        portal.make_account()
    say("Nouveau mot de passe dans {}".format(portal.password_file.relative_to(ROOT)))


def prepare_tools(options):
    """Install one thing that the tests need; in CI a missing one is a failure."""
    installers = {
        "chromium": make_chromium,
        "debootstrap": make_debootstrap,
        "postgres": make_postgres,
        "search-servers": make_search_servers,
    }
    with one_at_a_time():
        if options.command in installers:
            try:
                installers[options.command]()
            except Refusal as refusal:
                if os.environ.get("CI"):
                    raise
                say("{}\n(sans lui, ces essais seront sautés)".format(refusal))
            return
        make_environment(with_tools=True)
        in_ci = bool(os.environ.get("CI"))
        prepare_paper("essais des documents à imprimer", must=in_ci)
        prepare_servers(must=in_ci)
        if options.command == "wagtail8":
            make_wagtail_next()


def main():
    if sys.version_info < OLDEST_PYTHON:
        raise Refusal(
            "Il faut Python {}.{} ou plus récent, et « {} » est en {}.{}. Sous Debian 12 : "
            "sudo apt-get install python3, puis make … PYTHON=/usr/bin/python3.".format(
                *OLDEST_PYTHON, sys.executable, *sys.version_info[:2]
            )
        )
    parser = argparse.ArgumentParser(description=__doc__)
    commands = ["run", "password", "tools", "chromium", "debootstrap", "postgres"]
    commands += ["search-servers", "wagtail8"]
    parser.add_argument("command", choices=commands)
    parser.add_argument("--departement", default="13")
    parser.add_argument("--port", default="8000")
    options = parser.parse_args()
    {"run": run, "password": password}.get(options.command, prepare_tools)(options)


if __name__ == "__main__":
    try:
        main()
    except Refusal as refusal:
        sys.exit("✗ {}".format(refusal))
    except KeyboardInterrupt:
        sys.exit("\n✗ Arrêté avant la fin. La même commande reprendra où elle en était.")
    except OSError as error:
        sys.exit(
            "✗ {} : {}. Libérez la place ou le droit d’écrire, puis relancez.".format(
                error.filename or "Fichier", error.strerror
            )
        )
