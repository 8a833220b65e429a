"""A referent whose address does not receive is told to the coordination the same day."""

from typing import Any

from django.dispatch import receiver

from portal.mail.returns import message_returned
from resources.editor_choices import ReferentState
from resources.models import Referent
from resources.referents.notifications import notify_unreachable


@receiver(message_returned)
def tell_coordination(message: Any, **_: Any) -> None:
    referents = Referent.objects.filter(email__iexact=message.address)
    for referent in referents.exclude(state=ReferentState.LEFT):
        notify_unreachable(referent, list(referent.entries.all()), message.answer)
