"""What a person is asked the first time: options, environment, or questions on the screen."""

import argparse
import getpass
import os
import re
import sys

from portal.bootstrap.options import valid_department
from portal.bootstrap.steps import Refusal
from portal.deploy import environment_file

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MAIL_URL = "smtp+tls://compte:motdepasse@smtp.example.org:587"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--departement", help="numéro du département : 13, 2A, 974…")
    parser.add_argument("--domaine", help="nom du site : sante-mentale.example.org")
    parser.add_argument("--courriel", help="adresse générique, qui signe les messages")
    parser.add_argument("--compte", help="adresse du premier compte (sinon, --courriel)")
    parser.add_argument("--sqlite", action="store_true", help="un fichier au lieu de PostgreSQL")


def settings_of(options: argparse.Namespace, department: str) -> dict[str, str]:
    """The answers, as settings; raises ``Refusal`` with what is missing or wrong.

    ``EMAIL_URL`` is taken from the environment, never from an option: it holds a password, and
    everybody on a machine can read the options of a command.
    """
    host = _answer(options.domaine, "Nom du site (sante-mentale.example.org)", "--domaine").lower()
    if not _HOST.fullmatch(host):
        raise Refusal(
            f"« {host} » n’est pas un nom de site. Par exemple : sante-mentale.example.org"
        )
    email = _answer(options.courriel, "Adresse générique de l’équipe", "--courriel")
    for address in (email, options.compte or email):
        if not _EMAIL.fullmatch(address):
            raise Refusal(f"« {address} » n’est pas une adresse e-mail.")
    mail_url = os.environ.get("EMAIL_URL", "") or _secret(f"Serveur d’envoi ({_MAIL_URL})")
    return {
        "PORTAL_DEPARTEMENT": department,
        "PORTAL_BASE_URL": f"https://{host}",
        "ALLOWED_HOSTS": host,
        "DATABASE_URL": "" if options.sqlite else f"postgres://portail@/{database_of(department)}",
        "PORTAL_VAR_DIR": f"/var/lib/portail-ptsm/{department}",
        "EMAIL_URL": mail_url,
        "DEFAULT_FROM_EMAIL": email,
    }


def department_of(options: argparse.Namespace) -> str:
    """The department to install; empty when none is named and one is already there."""
    if not options.departement and environment_file.known_departments():
        return ""
    return valid_department(_answer(options.departement, "Numéro du département", "--departement"))


def database_of(department: str) -> str:
    return f"portail_{department.lower()}"


def _answer(given: str | None, question: str, option: str) -> str:
    if given:
        return given.strip()
    if not sys.stdin.isatty():
        raise Refusal(f"Il manque {option} ({question.lower()}).")
    return input(f"{question} : ").strip()


def _secret(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refusal(f"Il manque EMAIL_URL dans l’environnement ({question.lower()}).")
    return getpass.getpass(f"{question}, ne s’affiche pas : ").strip()
