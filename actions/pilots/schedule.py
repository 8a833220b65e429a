"""Which actions are worth a question, and which of their pilots to ask."""

from datetime import date
from itertools import chain

from django.db.models import Exists, OuterRef
from django.utils import timezone

from wagtail.models import Locale

from dateutil.relativedelta import relativedelta

from actions.choices import COMMITTED
from actions.models import ActionPage, Pilot, PilotRequest, PilotUpdate, RoadmapSettings
from actions.querysets import ActionQuerySet
from portal.reminders.choices import RequestState


def followed_actions() -> ActionQuerySet:
    """The actions of which news are expected: published, committed to, one for all languages."""
    actions: ActionQuerySet = ActionPage.objects.live().filter(locale=Locale.get_default())
    return actions.by_status(*COMMITTED)


def is_followed(action: ActionPage) -> bool:
    return bool(action.live and action.status in COMMITTED)


def get_followed(pilot: Pilot) -> list[ActionPage]:
    """The actions of a pilot of which news are expected, in the order of the roadmap."""
    return list(followed_actions().filter(pilots=pilot).in_order())


def leads(pilot: Pilot, action_id: int) -> bool:
    """Whether this person still answers for the action."""
    return pilot.is_active and pilot.actions.filter(pk=action_id).exists()


def get_pilots_to_ask(today: date) -> list[tuple[Pilot, ActionPage]]:
    """Pairs of a pilot and an action without news for the time that the settings say.

    Nobody is asked again before that time, nor while what they told waits to be read.
    """
    since = today - relativedelta(months=RoadmapSettings.load().asks_after)
    told = PilotUpdate.objects.filter(action=OuterRef("pk"), received_at__date__gte=since)
    silent = followed_actions().without_news_since(since).exclude(Exists(told)).in_order()
    asked = set(
        PilotRequest.objects.exclude(state=RequestState.CANCELLED)
        .filter(sent_at__date__gte=since)
        .values_list("pilot", "action")
    )
    by_action = {
        action: [pilot for pilot in action.pilots.all() if pilot.is_active]
        for action in silent.prefetch_related("pilots")
    }
    pairs = chain.from_iterable(
        ((pilot, action) for pilot in pilots) for action, pilots in by_action.items()
    )
    return [(pilot, action) for pilot, action in pairs if (pilot.pk, action.pk) not in asked]


def get_last_news(action: ActionPage) -> date | None:
    """The day of the last thing told: a note, a step, or what a pilot sent."""
    days = [note.date for note in action.notes.all()]
    days += [step.done_on for step in action.steps.all() if step.done_on]
    received = action.pilot_updates.order_by("-received_at").values_list("received_at", flat=True)
    days += [timezone.localdate(moment) for moment in received[:1]]
    return max(days, default=None)
