"""The numbers that every page shows, error pages included.

They live in the code, not in the database, so that nothing can take them away.
Source: the official numbers 3114, 15, 112 and 114 (see home/reference/help_lines.yaml
for where each was read, and when).
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class HelpNumber(NamedTuple):
    """A number, how to reach it (``tel`` or ``sms``) and when to use it."""

    number: str
    scheme: str
    use: str | Promise


CRISIS_NUMBERS = (
    HelpNumber("3114", "tel", _("idées suicidaires, 24 h/24")),
    HelpNumber("15", "tel", _("urgence médicale")),
    HelpNumber("112", "tel", _("toute urgence")),
    HelpNumber("114", "sms", _("par SMS, si vous entendez mal")),
)
