from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The slowest that jobs are looked at: cron rings once a minute.
TICK = timedelta(minutes=1)
# What failed, or was killed, is not tried again at each tick.
RETRY = timedelta(minutes=15)
# A daily job is late the same day, not two days after.
GRACE = timedelta(hours=2)


class PeriodicJob(models.Model):
    """The last run of a periodic job and its result; the row is made before the first run."""

    unseen_by_readers = True
    personal_fields = ()

    name = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_succeeded_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    last_message = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "base"
        verbose_name = _("tâche périodique")
        verbose_name_plural = _("tâches périodiques")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_due(self, every: timedelta, now: datetime) -> bool:
        if self.last_started_at is None or self.last_started_at > now:  # the clock went back
            return True
        wait = min(every, RETRY) if self.failing_since or self.was_killed else every
        return now - self.last_started_at >= wait

    @property
    def was_killed(self) -> bool:
        """Whether the last run never ended; during a run, only the holder of the lock may ask."""
        if self.last_started_at is None:
            return False
        return self.last_finished_at is None or self.last_finished_at < self.last_started_at

    def is_late(self, every: timedelta, now: datetime) -> bool:
        """Whether there was no success for three periods, or for two hours beyond one."""
        period = max(every, TICK)
        longest = min(3 * period, period + GRACE)
        return now - (self.last_succeeded_at or self.created_at) > longest

    @property
    def never_ran(self) -> bool:
        return self.last_succeeded_at is None and self.last_started_at is None

    def note_start(self, now: datetime) -> None:
        self.last_started_at = now
        self.save(update_fields=["last_started_at"])

    def note_success(self, now: datetime, message: str) -> None:
        self.failing_since = None
        self.last_succeeded_at = now
        self._note_end(now, message)

    def note_failure(self, now: datetime, message: str) -> None:
        self.failing_since = self.failing_since or now
        self._note_end(now, message)

    def _note_end(self, now: datetime, message: str) -> None:
        self.last_finished_at = now
        self.last_message = message[:300]
        self.save()
