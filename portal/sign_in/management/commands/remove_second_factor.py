from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.sign_in.limits import user_of
from portal.sign_in.recovery import remove_second_factor


class Command(BaseCommand):
    """For the last person of the coordination: others do it in the list of accounts."""

    help = _("Retire la deuxième étape de connexion d’un compte, quand le téléphone est perdu.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("L’adresse avec laquelle la personne se connecte."))

    def handle(self, *args: Any, **options: Any) -> None:
        user = user_of(options["email"])
        if user is None:
            raise CommandError(_("Aucun compte avec l’adresse {}.").format(options["email"]))
        if remove_second_factor(user):
            self.stdout.write(_("Retirée. Elle sera demandée à la prochaine connexion."))
        else:
            self.stdout.write(_("Ce compte n’a pas de deuxième étape : rien n’a changé."))
