"""A clock that a test moves forward; it begins now."""

from datetime import date, datetime, timedelta

from django.utils import timezone

import pytest


class Clock:
    """Called as ``timezone.now`` is."""

    def __init__(self, moment: datetime | None = None) -> None:
        self.moment = moment or timezone.now()

    def __call__(self) -> datetime:
        return self.moment

    def wait(self, days: int = 0, seconds: int = 0) -> None:
        self.moment += timedelta(days=days, seconds=seconds)

    @property
    def today(self) -> date:
        return timezone.localtime(self.moment).date()


def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the portal this clock, for one test."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock
