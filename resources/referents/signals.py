"""An address of a referent or of a structure that does not receive is told the same day."""

from typing import Any

from django.dispatch import receiver

from portal.mail.returns import message_returned
from resources.editor_choices import ReferentState
from resources.models import Referent, ResourcePage
from resources.referents.notifications import notify_unreachable, notify_unreachable_box


@receiver(message_returned)
def tell_coordination(message: Any, **_: Any) -> None:
    referents = Referent.objects.filter(email__iexact=message.address)
    for referent in referents.exclude(state=ReferentState.LEFT):
        notify_unreachable(referent, list(referent.entries.all()), message.answer)
    listed = ResourcePage.objects.live().in_source_language()
    if entries := list(listed.filter(email__iexact=message.address)):
        notify_unreachable_box(entries, message.answer)
