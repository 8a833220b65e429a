"""What pilots tell: kept until somebody has read it, then published or not."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.editor_choices import UpdateState
from actions.models import ActionPage, Pilot, PilotRequest, PilotUpdate
from actions.pilots.forms import PilotForm
from actions.record_progress import record_progress
from portal.reminders.choices import RequestState
from portal.users.models import User


class AlreadyAnswered(Exception):
    """The question was answered in the meantime: nothing more is kept."""


class AlreadyDecided(Exception):
    """Somebody else has published or refused it in the meantime."""


@transaction.atomic
def record_answer(request: PilotRequest, form: PilotForm) -> PilotUpdate:
    """Keep what a pilot told. Raises AlreadyAnswered when the link has served."""
    _close(request)
    said = form.cleaned_data
    return _keep(
        request,
        status=said["status"],
        status_reason=said["status_reason"],
        done_steps=sorted(said.get("steps", [])),
        values={str(key): str(value) for key, value in form.values.items()},
        sentence=said["sentence"],
        difficulties=said["difficulties"],
    )


@transaction.atomic
def record_no_change(request: PilotRequest) -> PilotUpdate:
    """« Rien n’a changé »: the coordinator knows that somebody has looked."""
    _close(request)
    return _keep(request, nothing_changed=True, **_as_it_is(request.action))


@transaction.atomic
def stop_leading(request: PilotRequest) -> None:
    """« Je ne pilote plus cette action »: nothing more is asked, and the coordinator reads it."""
    _close(request)
    _keep(
        request,
        difficulties=_("Cette personne dit qu’elle ne pilote plus cette action."),
        nothing_changed=True,
        **_as_it_is(request.action),
    )
    request.pilot.actions.remove(request.action)


def _close(request: PilotRequest) -> None:
    same = PilotRequest.objects.filter(pk=request.pk)
    if not same.end(RequestState.ANSWERED, timezone.now()):
        raise AlreadyAnswered


def _keep(request: PilotRequest, **said: object) -> PilotUpdate:
    return PilotUpdate.objects.create(
        action=request.action, pilot=request.pilot, request=request, **said
    )


def _as_it_is(action: ActionPage) -> dict[str, object]:
    done = [str(step.translation_key) for step in action.steps.all() if step.is_done]
    return {"status": action.status, "status_reason": action.status_reason, "done_steps": done}


def apply_update(update: PilotUpdate, action: ActionPage, sentence: str = "") -> None:
    """Put what was told into a version of the action, in memory; steps that came since stay."""
    day = timezone.localdate(update.received_at)
    done = set(update.done_steps)
    record_progress(
        action,
        status=update.status,
        status_reason=update.status_reason,
        steps={
            step.translation_key: (step.done_on or day)
            if str(step.translation_key) in done
            else None
            for step in action.steps.all()
        },
        values={UUID(key): Decimal(value) for key, value in update.values.items()},
        sentence=sentence,
        is_public=True,
        told_on=day,
    )


@transaction.atomic
def publish_update(update: PilotUpdate, user: User, sentence: str) -> ActionPage:
    """Publish what was told, with a sentence of the journal that may have been reworded.

    « Rien n’a changé » without a sentence publishes nothing. Raises AlreadyDecided, and the
    ValidationError of an action that would not be valid: nothing is kept then.
    """
    update = _lock(update)
    action: ActionPage = update.action.get_latest_revision_as_object()
    if sentence or not update.nothing_changed:
        apply_update(update, action, sentence)
        action.full_clean()
        revision = action.save_revision(user=user, log_action=True, clean=False)
        revision.publish(user=user)
    _decide(update, UpdateState.PUBLISHED, user, sentence)
    return action


@transaction.atomic
def refuse_update(update: PilotUpdate, user: User) -> None:
    """Publish nothing of it; what it says of difficulties stays for the coordinator."""
    update = _lock(update)
    _decide(update, UpdateState.REFUSED, user, update.sentence)


@transaction.atomic
def forget_pilot(pilot: Pilot) -> None:
    """What became public of what they told stays, without them; their difficulties go."""
    PilotUpdate.objects.filter(pilot=pilot).update(difficulties="")
    pilot.delete()


def _lock(update: PilotUpdate) -> PilotUpdate:
    waiting = PilotUpdate.objects.select_for_update(of=("self",)).waiting()
    found = waiting.filter(pk=update.pk).first()
    if found is None:
        raise AlreadyDecided
    return found


def _decide(update: PilotUpdate, state: UpdateState, user: User, sentence: str) -> None:
    update.state, update.sentence = state, sentence
    update.decided_at, update.decided_by = timezone.now(), user
    update.save(update_fields=["state", "sentence", "decided_at", "decided_by"])
