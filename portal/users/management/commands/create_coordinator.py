import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.users.groups import ensure_groups, role_group
from portal.users.models import RoleKey, User


class Command(BaseCommand):
    """The first account of a portal; without its password file it gets a new password.

    It belongs to the group « Coordination » and is no superuser: who stole its session could not
    give themselves every right. Groups, workflows and languages, changed once in a while, ask for
    a superuser, made on the server (``--administrator``) and kept out of daily use.
    """

    help = _("Crée le compte de coordination, avec un mot de passe tiré au hasard.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("L’adresse avec laquelle la personne se connecte."))
        parser.add_argument(
            "--password-file",
            required=True,
            type=Path,
            help=_("Le fichier, lisible de vous seul, où le mot de passe est écrit."),
        )

        parser.add_argument(
            "--administrator",
            action="store_true",
            help=_("Un compte d’administration, qui peut tout : pas pour tous les jours."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email, path = options["email"], options["password_file"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(_("« {} » n’est pas une adresse e-mail.").format(email)) from error
        user = User.objects.filter(email__iexact=email).first()
        if user and path.exists():
            self.stdout.write(_("Ce compte existe déjà : rien n’a changé."))
            return
        user = user or User(
            email=email, username=email, is_superuser=options.get("administrator", False)
        )
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        if not user.is_superuser:
            ensure_groups()
            user.groups.add(role_group(RoleKey.COORDINATION))
        self._write(path, f"{email}\n{password}\n")
        self.stdout.write(_("Compte prêt ; mot de passe dans {}").format(path))

    def _write(self, path: Path, text: str) -> None:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
