"""A question that waits for the answer of one address."""

import secrets
import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.reminders.choices import RequestState

TRANSLATED = False


def new_key() -> str:
    return secrets.token_urlsafe(32)


class LinkRequestQuerySet(models.QuerySet):
    """Sentences about questions."""

    def waiting(self) -> Self:
        return self.filter(state=RequestState.WAITING)

    def to_remind(self, now: datetime) -> Self:
        return self.waiting().filter(next_step_at__lte=now)

    def end(self, state: str, answered_at: datetime | None = None) -> int:
        """End those of them that wait: nothing follows, and the address is needed no more."""
        return self.waiting().update(
            state=state, answered_at=answered_at, address="", next_step_at=None
        )


class LinkRequest(models.Model):
    """A question sent to one address; its key opens it without an account.

    A child says what it is about, and that one address is not asked the same twice at once.
    """

    unseen_by_readers = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Emptied once the request is over.
    address = models.EmailField(_("adresse"), blank=True)
    key = models.CharField(max_length=64, default=new_key, unique=True)
    state = models.CharField(
        _("état"), max_length=8, choices=RequestState, default=RequestState.WAITING
    )
    reminders = models.PositiveSmallIntegerField(_("relances"), default=0)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    next_step_at = models.DateTimeField(_("prochaine étape"), null=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True)

    objects = LinkRequestQuerySet.as_manager()

    class Meta:
        abstract = True
