"""Personal data of accounts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from allauth.account.models import EmailAddress

from portal.users.models import RoleKey, User


def account_data(user: User) -> dict[str, Any]:
    return {
        _("identifiant"): user.username,
        _("adresse e-mail"): user.email,
        _("autres adresses"): ", ".join(
            EmailAddress.objects.filter(user=user)
            .exclude(email__iexact=user.email)
            .values_list("email", flat=True)
        ),
        _("prénom"): user.first_name,
        _("nom"): user.last_name,
        _("créé le"): user.date_joined,
        _("dernière connexion"): user.last_login,
        _("groupes"): ", ".join(user.groups.values_list("name", flat=True)),
        _("administre le portail"): user.is_superuser,
        _("peut se connecter"): user.is_active,
    }


def is_last_administrator(user: User) -> bool:
    """Whether nobody could make accounts, or bring somebody back in, without this one."""
    others = _administrators().exclude(pk=user.pk)
    return _administrators().filter(pk=user.pk).exists() and not others.exists()


def _administrators() -> QuerySet[User]:
    coordination = Q(groups__portal_role__key=RoleKey.COORDINATION)
    return User.objects.filter(Q(is_superuser=True) | coordination, is_active=True)
