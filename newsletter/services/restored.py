"""Letters after a restore: one that may have left since the backup waits for somebody to say."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter.models import Mailing
from newsletter.services.mailings import cancel_mailing, pause

TRANSLATED = False


def hold_mailings(**_signal: Any) -> str:
    """Stop what was planned or under way when the backup was made; a sentence about them.

    Without it the worker would send to everyone a letter that they have had already.
    """
    held = [one for one in Mailing.objects.filter(state=Mailing.State.SENDING) if pause(one)]
    due = Mailing.objects.filter(state=Mailing.State.SCHEDULED, send_at__lte=timezone.now())
    held += [one for one in due if cancel_mailing(one)]
    Mailing.objects.filter(pk__in=[one.pk for one in held]).update(
        problem=_("Le portail a été restauré : cette lettre est peut-être déjà partie.")
    )
    if not held:
        return ""
    words = ngettext(
        "%(count)d lettre est arrêtée, car elle est peut-être déjà partie (%(titles)s) : "
        "reprenez-la depuis « La lettre », ou laissez-la.",
        "%(count)d lettres sont arrêtées, car elles sont peut-être déjà parties (%(titles)s) : "
        "reprenez-les depuis « La lettre », ou laissez-les.",
        len(held),
    )
    return words % {"count": len(held), "titles": ", ".join(one.title for one in held)}
