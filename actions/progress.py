"""Progress of a set of actions: counts, and their French sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.choices import ActionStatus

# In the order a reader asks: what is finished, what moves, what comes.
_READING_ORDER = (
    ActionStatus.DONE,
    ActionStatus.RUNNING,
    ActionStatus.UPCOMING,
    ActionStatus.PROPOSED,
    ActionStatus.PAUSED,
    ActionStatus.DROPPED,
)


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """The number of published actions by status, and of late ones."""

    counts: Mapping[str, int] = field(default_factory=dict)
    late: int = 0

    def count(self, status: str) -> int:
        return self.counts.get(status, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.count(ActionStatus.DONE)

    @property
    def running(self) -> int:
        return self.count(ActionStatus.RUNNING)

    @property
    def sentence(self) -> str:
        """« 3 actions réalisées sur 5 », said beside the bar."""
        if not self.total:
            return _("Aucune action publiée pour l’instant")
        if not self.done:  # French has no plural for zero; gettext’s default has
            return _("Aucune action réalisée sur %(total)s") % {"total": self.total}
        return ngettext(
            "%(done)s action réalisée sur %(total)s",
            "%(done)s actions réalisées sur %(total)s",
            self.done,
        ) % {"done": self.done, "total": self.total}

    @property
    def details(self) -> str:
        """« 2 réalisées, 1 en cours, 4 proposées »; empty without any action."""
        present = [status for status in _READING_ORDER if self.count(status)]
        return ", ".join(_status_words(status, self.count(status)) for status in present)

    @property
    def late_sentence(self) -> str:
        if not self.late:
            return ""
        return ngettext("%(n)s en retard", "%(n)s en retard", self.late) % {"n": self.late}


def steps_sentence(done: int, total: int) -> str:
    """« 2 étapes faites sur 4 », said beside the bar of one action."""
    if not done:
        return _("Aucune étape faite sur %(total)s") % {"total": total}
    return ngettext(
        "%(done)s étape faite sur %(total)s", "%(done)s étapes faites sur %(total)s", done
    ) % {"done": done, "total": total}


def _status_words(status: str, number: int) -> str:
    words = {
        ActionStatus.DONE: ngettext("%(n)s réalisée", "%(n)s réalisées", number),
        ActionStatus.RUNNING: ngettext("%(n)s en cours", "%(n)s en cours", number),
        ActionStatus.UPCOMING: ngettext("%(n)s à venir", "%(n)s à venir", number),
        ActionStatus.PROPOSED: ngettext("%(n)s proposée", "%(n)s proposées", number),
        ActionStatus.PAUSED: ngettext("%(n)s en pause", "%(n)s en pause", number),
        ActionStatus.DROPPED: ngettext("%(n)s abandonnée", "%(n)s abandonnées", number),
    }
    return words[ActionStatus(status)] % {"n": number}
