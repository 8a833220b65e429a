"""Contract of a mail backend: it sends a message, or raises one of four exceptions."""

from abc import ABC, abstractmethod

from django.core.mail import EmailMultiAlternatives


class NotSent(Exception):
    """Why a message did not leave, in the server's own words."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class Refused(NotSent):
    """For good, for this person; ``hard``: the address does not exist."""

    def __init__(self, words: str = "", *, hard: bool = False) -> None:
        super().__init__(words)
        self.hard = hard


class TryLater(NotSent):
    """For now, for this person."""


class Dropped(NotSent):
    """The line was cut in the middle: the message may have left or not."""


class ServiceAway(NotSent):
    """For now, for everybody: absent, too busy, or it refuses the portal itself."""


class MailBackend(ABC):
    """Sends messages one by one over a connection that it opens when needed."""

    @abstractmethod
    def send(self, message: EmailMultiAlternatives) -> str:
        """Give a message to the server; the identifier it gave, if any. Raises NotSent."""

    @abstractmethod
    def close(self) -> None:
        """Hang up; never raises."""
