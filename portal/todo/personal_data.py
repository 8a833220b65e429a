"""What the list knows of an account: what it put off, and which messages it wants."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.privacy.registry import Item, register_personal_data, rows_of
from portal.todo.models import Postponement, TodoMailPreference
from portal.users.models import User


def find_choices(key: str) -> list[Item]:
    users = rows_of(User.objects.all(), "email", key)
    put_off = [
        {_("chose remise à plus tard"): row.key, _("revient le"): row.until}
        for row in Postponement.objects.filter(user__in=users)
    ]
    wanted = [
        {
            _("reçoit le résumé de chaque lundi"): row.weekly_digest,
            _("reçoit un message quand quelque chose arrive"): row.arrivals,
        }
        for row in TodoMailPreference.objects.filter(user__in=users)
    ]
    return put_off + wanted


def erase_choices(key: str) -> int:
    users = rows_of(User.objects.all(), "email", key)
    count = sum(
        kind.objects.filter(user__in=users).delete()[0]
        for kind in (Postponement, TodoMailPreference)
    )
    return int(count)


register_personal_data(
    "todo", gettext_lazy("« À faire » : choix d’un compte"), find_choices, erase_choices
)
