"""« Où en est-on ? »: what the actions that answer a recommendation say together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.choices import Status


@dataclass(frozen=True, slots=True)
class AnswerState:
    """``badge`` is the shape that goes with the words: « on », « half » or nothing."""

    code: str
    label: str
    badge: str = ""


def state_of_answers(statuses: Sequence[str]) -> AnswerState:
    """The state of a recommendation, out of the statuses of its published actions.

    « Fait » only when every action that was not dropped is done: one finished action out
    of three is still under way.
    """
    kept = [status for status in statuses if status != Status.DROPPED]
    if not statuses:
        return AnswerState("sans_action", _("Aucune action publiée"))
    if not kept:
        return AnswerState("abandonnee", _("Actions abandonnées"))
    if all(status == Status.DONE for status in kept):
        return AnswerState("realisee", _("Fait"), "on")
    if any(status in (Status.DONE, Status.RUNNING) for status in kept):
        return AnswerState("en_cours", _("En cours"), "half")
    if any(status == Status.PAUSED for status in kept):
        return AnswerState("en_pause", _("En pause"))
    if any(status == Status.UPCOMING for status in kept):
        return AnswerState("a_venir", _("À venir"))
    return AnswerState("proposee", _("Actions proposées"))
