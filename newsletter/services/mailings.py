"""Life of a mailing: planned once, started when due, paused, resumed, closed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.mail.issue import render_issue, why_too_heavy
from newsletter.models import Delivery, IssuePage, Mailing, Subscriber
from newsletter.services.send_checks import blocking_reason

State = Mailing.State
_ROWS_AT_ONCE = 1000


class NotReady(Exception):
    """Why an issue cannot be sent, each reason a French sentence."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def plan_mailing(issue: IssuePage, *, by: Any, at: datetime | None = None) -> tuple[Mailing, bool]:
    """Have an issue sent at a moment, or now; the mailing, and whether this call planned it.

    An issue is sent once, whoever asks and however often: the database holds it to one
    mailing. One that was called off before it left may be planned again. Raises NotReady.
    """
    if reasons := sending_problems(issue):
        raise NotReady(reasons)
    facts = {"title": issue.title, "send_at": at or timezone.now(), "planned_by": by}
    try:
        with transaction.atomic():
            mailing, planned = Mailing.objects.get_or_create(issue=issue, defaults=facts)
    except IntegrityError:
        return Mailing.objects.get(issue=issue), False
    if not planned:
        again = Mailing.objects.filter(pk=mailing.pk, state=State.CANCELLED, started_at=None)
        planned = bool(again.update(state=State.SCHEDULED, problem="", **facts))
        mailing.refresh_from_db()
    return mailing, planned


def sending_problems(issue: IssuePage) -> list[str]:
    """What must be done before an issue can leave; nothing when it is ready."""
    reasons = []
    if not issue.live:
        reasons.append(_("Ce numéro n’est pas publié : publiez-le d’abord."))
    if issue.has_unpublished_changes:
        reasons.append(_("Des changements ne sont pas publiés : publiez-les, ou retirez-les."))
    if not issue.body:
        reasons.append(_("Ce numéro est vide."))
    elif reason := why_too_heavy(render_issue(issue)):
        reasons.append(reason)
    if issue.locale.language_code != settings.LANGUAGE_CODE:
        reasons.append(_("C’est une traduction : envoyez la version française."))
    if reason := blocking_reason():
        reasons.append(reason)
    return reasons


def start_due(now: datetime | None = None) -> int:
    """Start what is planned for now or before; how many were started."""
    due = Mailing.objects.filter(state=State.SCHEDULED, send_at__lte=now or timezone.now())
    return sum(_start(mailing) for mailing in due.select_related("issue"))


@transaction.atomic
def _start(mailing: Mailing) -> bool:
    """Freeze what is said and write one row for each person, all of it or nothing."""
    held = Mailing.objects.select_for_update().filter(pk=mailing.pk, state=State.SCHEDULED)
    if not held.exists():
        return False
    issue = mailing.issue
    if issue is None or not issue.live:
        held.update(problem=_("Le numéro n’est pas publié : il partira quand il le sera."))
        return False
    rendered = render_issue(issue)
    people = Subscriber.objects.to_receive(issue).order_by("pk")
    count = _write_rows(mailing, people)
    held.update(
        state=State.SENDING,
        started_at=timezone.now(),
        problem="",
        title=issue.title,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        recipients=count,
    )
    return True


def _write_rows(mailing: Mailing, people: Any) -> int:
    """One waiting row for each person, a thousand at a time: the list is never held whole."""
    count, rows = 0, []
    for pk in people.values_list("pk", flat=True).iterator(chunk_size=_ROWS_AT_ONCE):
        rows.append(Delivery(mailing=mailing, subscriber_id=pk))
        if len(rows) == _ROWS_AT_ONCE:
            count += len(Delivery.objects.bulk_create(rows))
            rows = []
    return count + len(Delivery.objects.bulk_create(rows))


def pause(mailing: Mailing) -> bool:
    """Let nobody else leave for now; the message in flight ends its way."""
    return _turn(mailing, State.SENDING, State.PAUSED)


def resume(mailing: Mailing) -> bool:
    """Go on where it stopped, at once."""
    return _turn(mailing, State.PAUSED, State.SENDING, resting_until=None, problem="")


def cancel_mailing(mailing: Mailing) -> bool:
    """Send it to nobody, or to nobody more when it has begun and is paused."""
    with transaction.atomic():
        if _turn(mailing, State.SCHEDULED, State.CANCELLED, problem=""):
            return True
        if not _turn(mailing, State.PAUSED, State.CANCELLED, finished_at=timezone.now()):
            return False
        waiting = mailing.deliveries.filter(state=Delivery.State.WAITING)
        waiting.update(state=Delivery.State.CANCELLED, finished_at=timezone.now())
        store_figures(mailing)
    return True


def close_finished() -> int:
    """Close the mailings that have nobody left to write to; how many were closed."""
    under_way = Mailing.objects.filter(state=State.SENDING)
    left = Delivery.objects.unfinished().values("mailing")
    done = list(under_way.exclude(pk__in=left.exclude(mailing=None)))
    return sum(_close(mailing) for mailing in done)


@transaction.atomic
def _close(mailing: Mailing) -> bool:
    if not _turn(mailing, State.SENDING, State.DONE, finished_at=timezone.now(), problem=""):
        return False
    store_figures(mailing)
    reached = Delivery.objects.filter(mailing=mailing, state=Delivery.State.SENT)
    people = Subscriber.objects.filter(pk__in=reached.values("subscriber"))
    people.update(last_sent_at=mailing.finished_at)
    return True


def outcomes_of(mailing: Mailing) -> dict[str, int]:
    """How many messages are in each state; what was kept once the rows are gone."""
    counted = mailing.deliveries.values_list("state").annotate(number=Count("pk")).order_by()
    return dict(counted) or mailing.outcomes


def store_figures(mailing: Mailing) -> None:
    """Keep the counts beside the mailing: they outlive the rows."""
    mailing.outcomes = outcomes_of(mailing)
    Mailing.objects.filter(pk=mailing.pk).update(outcomes=mailing.outcomes)


def pace_of(mailing: Mailing) -> float:
    """Messages a second since the first one that left; 0 while that means nothing."""
    gone = mailing.deliveries.filter(state=Delivery.State.SENT)
    seen = gone.aggregate(first=Min("finished_at"), last=Max("finished_at"), number=Count("pk"))
    if not seen["number"] or seen["first"] == seen["last"]:
        return 0
    return seen["number"] / (seen["last"] - seen["first"]).total_seconds()


def _turn(mailing: Mailing, before: str, after: str, **fields: Any) -> bool:
    """Change the state if it is still the one expected: of two clicks, one does it."""
    same = Mailing.objects.filter(pk=mailing.pk, state=before)
    turned = bool(same.update(state=after, **fields))
    mailing.refresh_from_db()
    return turned
