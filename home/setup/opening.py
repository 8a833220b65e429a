"""The opening: a portal in preparation, then opened once."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from home.setup.models import PortalOpening
from home.setup.opening_checks import opening_checks


class NotReady(Exception):
    """Something that blocks the opening is not so."""


def begin_preparation() -> None:
    """Note that this portal is being prepared, unless it was begun or opened before."""
    PortalOpening.objects.get_or_create(pk=1)


@transaction.atomic
def open_portal(user: Any) -> PortalOpening:
    """Open it, in the name of ``user``. Raises ``NotReady``; asked twice, the first one holds."""
    opening = PortalOpening.objects.select_for_update().filter(pk=1).first()
    opening = opening or PortalOpening(pk=1)
    if opening.opened_at:
        return opening
    if any(check.is_blocking for check in opening_checks()):
        raise NotReady
    opening.opened_at, opening.opened_by = timezone.now(), user
    opening.save()
    return opening
