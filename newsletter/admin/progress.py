"""Progress of a mailing, in words and figures, for its screen."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter.models import Delivery, Mailing
from newsletter.services.mailings import outcomes_of, pace_of

State = Delivery.State


class StateCount(NamedTuple):
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class MailingProgress:
    """The figures of a sending at this moment; ``done`` of ``total`` need nothing more."""

    mailing: Mailing
    counts: list[StateCount]
    done: int
    total: int
    retried: int
    pace: float

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        """Some minutes, 0 while nothing says how many."""
        left = self.total - self.done
        is_going = self.mailing.state == Mailing.State.SENDING
        return -int(-left // (self.pace * 60)) if self.pace and left and is_going else 0

    @property
    def rests(self) -> bool:
        until = self.mailing.resting_until
        return bool(until and until > timezone.now() and not self.mailing.is_over)


def mailing_progress(mailing: Mailing) -> MailingProgress:
    """Four queries, however long the ledger."""
    numbers = outcomes_of(mailing)
    waiting = numbers.get(State.WAITING, 0) + numbers.get(State.SENDING, 0)
    counts = [
        StateCount(_("Partis"), numbers.get(State.SENT, 0)),
        StateCount(_("En attente"), waiting),
        StateCount(_("Refusés"), numbers.get(State.BOUNCED, 0)),
        StateCount(_("Abandonnés après plusieurs essais"), numbers.get(State.GIVEN_UP, 0)),
        StateCount(
            _("Incertains : partis ou non, on ne sait pas"), numbers.get(State.UNCERTAIN, 0)
        ),
        StateCount(_("Retirés avant le départ"), numbers.get(State.CANCELLED, 0)),
    ]
    total = sum(numbers.values()) or mailing.recipients
    retried = mailing.deliveries.filter(state=State.WAITING, attempts__gt=0)
    return MailingProgress(
        mailing=mailing,
        counts=counts,
        done=sum(numbers.values()) - waiting,
        total=total,
        retried=retried.count() if waiting else 0,
        pace=pace_of(mailing),
    )


def not_received(mailing: Mailing) -> QuerySet[Delivery]:
    """The messages that did not arrive, at once or later, with the server's words."""
    failed = Q(state__in=[State.BOUNCED, State.GIVEN_UP, State.UNCERTAIN])
    came_back = Q(state=State.SENT) & ~Q(bounce="")
    rows = mailing.deliveries.filter(failed | came_back)
    return rows.select_related("subscriber").order_by("-finished_at", "-pk")


def masked(address: str) -> str:
    """« a…@x.example »: enough to recognise an address on a screen that others may see."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def format_pace(pace: float) -> str:
    """« 3,2 messages par seconde », or by minute when it is slow; empty while unknown."""
    if not pace:
        return ""
    if pace >= 1:
        number = round(pace, 1)
        words = ngettext(
            "%(number)s message par seconde", "%(number)s messages par seconde", max(int(number), 1)
        )
    else:
        number = round(pace * 60, 1)
        words = ngettext(
            "%(number)s message par minute", "%(number)s messages par minute", max(int(number), 1)
        )
    return words % {"number": f"{number:g}".replace(".", ",")}
