"""Crisis numbers, shown on every page, error pages included.

They are in the code, not in the database, so that no breakdown or edit can remove them. Source: the
official numbers 3114, 15, 112, 114, 17, 119 and 3919 (``home/reference/help_lines.yaml`` holds
where and when each was read).
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class HelpNumber(NamedTuple):
    """A number, how to reach it (``tel`` or ``sms``) and when to use it."""

    number: str
    scheme: str
    use: str | Promise

    @property
    def url(self) -> str:
        return f"{self.scheme}:{self.number}"

    @property
    def link(self) -> SafeString:
        """The number as a link, to stand in a sentence."""
        return format_html('<a href="{}">{}</a>', self.url, self.number)


SUICIDE = HelpNumber("3114", "tel", _("idées suicidaires, 24 h/24"))
MEDICAL = HelpNumber("15", "tel", _("urgence médicale"))
ANY_EMERGENCY = HelpNumber("112", "tel", _("toute urgence"))
BY_SMS = HelpNumber("114", "sms", _("par SMS, si vous entendez mal"))
CRISIS_NUMBERS = (SUICIDE, MEDICAL, ANY_EMERGENCY, BY_SMS)


class DangerMessage(NamedTuple):
    """What to say first to somebody who tells of a danger, and whom to call."""

    title: str | Promise
    numbers: tuple[HelpNumber, ...]


_POLICE = HelpNumber("17", "tel", _("police ou gendarmerie"))
_WOMEN = HelpNumber("3919", "tel", _("violences faites aux femmes, 24 h/24"))
_CHILD = HelpNumber("119", "tel", _("enfant en danger, 24 h/24"))

#: By the kinds of danger that ``search.understanding`` tells apart.
DANGERS = {
    "suicide": DangerMessage(
        _("Vous pensez à mourir, ou vous avez peur pour quelqu’un ? Appelez maintenant."),
        (SUICIDE, MEDICAL, BY_SMS),
    ),
    "surdose": DangerMessage(
        _("Trop de médicaments, de drogue ou d’alcool ? Appelez tout de suite."),
        (MEDICAL, ANY_EMERGENCY, SUICIDE, BY_SMS),
    ),
    "enfance": DangerMessage(
        _("Un enfant est en danger ? Appelez maintenant."), (_CHILD, _POLICE, MEDICAL, BY_SMS)
    ),
    "violence": DangerMessage(
        _("On vous fait violence, ou vous êtes en danger ? Appelez maintenant."),
        (_POLICE, _WOMEN, _CHILD, BY_SMS),
    ),
    "urgence": DangerMessage(
        _("C’est une urgence ? Appelez maintenant."), (MEDICAL, ANY_EMERGENCY, SUICIDE, BY_SMS)
    ),
}


def danger_message(kind: str) -> DangerMessage | None:
    """The message of a kind of danger; that of « urgence » for a kind without one."""
    return DANGERS.get(kind, DANGERS["urgence"]) if kind else None
