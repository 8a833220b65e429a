"""The terms of a limit, for the settings to read before Django is ready."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``amount`` uses in a window of ``period``, for each ``per``.

    ``fails_open``: whether a use passes when the database cannot count it. ``batch``: how many
    uses a process counts at once and then grants by itself; it divides ``amount``, which is never
    exceeded, but several processes may refuse a few uses early.
    """

    amount: int
    period: timedelta
    per: Literal["network", "address", "account", "entry", "everybody"]
    fails_open: bool = True
    batch: int = 1

    def __post_init__(self) -> None:
        if self.amount < 1 or self.amount % self.batch:
            raise ValueError(f"{self.amount} is no multiple of {self.batch}.")
