"""Personal data of accounts."""

from typing import Any

from django.utils.translation import gettext as _

from portal.users.models import User


def account_data(user: User) -> dict[str, Any]:
    return {
        _("identifiant"): user.username,
        _("adresse e-mail"): user.email,
        _("prénom"): user.first_name,
        _("nom"): user.last_name,
        _("créé le"): user.date_joined,
        _("dernière connexion"): user.last_login,
        _("groupes"): ", ".join(user.groups.values_list("name", flat=True)),
        _("administre le portail"): user.is_superuser,
        _("peut se connecter"): user.is_active,
    }


def is_last_administrator(user: User) -> bool:
    """Whether nobody could administer the portal without this account."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()
