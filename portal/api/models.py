"""How often each limit was used, and until when that counts."""

import math
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# One statement, so that processes that count at the same instant wait for one another: what is
# read is what is written. Nothing is written, and no row returned, once the limit is reached.
_USE = """
    INSERT INTO base_ratelimitwindow AS w (key, name, count, ends_at)
    VALUES (%(key)s, %(name)s, %(number)s, %(ends_at)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN w.ends_at <= %(now)s THEN 0 ELSE w.count END + excluded.count,
        ends_at = CASE WHEN w.ends_at <= %(now)s THEN excluded.ends_at ELSE w.ends_at END
    WHERE w.ends_at <= %(now)s OR w.count + excluded.count <= %(amount)s
    RETURNING count
"""


class RateLimitWindowQuerySet(models.QuerySet["RateLimitWindow"]):
    def use(
        self, key: str, name: str, *, number: int, amount: int, now: datetime, ends_at: datetime
    ) -> bool:
        """Count ``number`` uses at once; False, and nothing counted, beyond ``amount``.

        A window begins with its first use and ends at ``ends_at``, whatever is asked meanwhile.
        """
        values: dict[str, Any] = {"key": key, "name": name, "number": number, "amount": amount}
        for column, moment in (("now", now), ("ends_at", ends_at)):
            values[column] = connection.ops.adapt_datetimefield_value(moment)
        with connection.cursor() as cursor:
            cursor.execute(_USE, values)
            # All of it is read: SQLite keeps its lock until then.
            return bool(cursor.fetchall())

    def give_back(self, key: str, now: datetime) -> None:
        """Count one use less in a window that is open."""
        self.open_at(now).filter(pk=key, count__gt=0).update(count=models.F("count") - 1)

    def open_at(self, now: datetime) -> "RateLimitWindowQuerySet":
        return self.filter(ends_at__gt=now)

    def over_at(self, now: datetime) -> "RateLimitWindowQuerySet":
        return self.filter(ends_at__lte=now)


class RateLimitWindow(models.Model):
    """The uses of one limit by one subject, in a window of time."""

    #: A keyed hash, of a network or an address among others.
    unseen_by_readers = True
    personal_fields = ("key",)

    key = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    objects = RateLimitWindowQuerySet.as_manager()

    class Meta:
        app_label = "base"
        verbose_name = _("compteur d’une limite")
        verbose_name_plural = _("compteurs des limites")

    def __str__(self) -> str:
        return f"{self.name} : {self.count}"

    def seconds_left(self, now: datetime | None = None) -> int:
        """In how many whole seconds this window ends; one at least."""
        left = self.ends_at - (now or timezone.now())
        return max(1, math.ceil(left.total_seconds()))
