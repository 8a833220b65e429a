"""What a check of a domain says."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How serious a finding is: only « bad » stops a letter."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``remedy`` can be sent to the host as it is."""

    name: str
    state: State
    sentence: str
    remedy: str = ""
