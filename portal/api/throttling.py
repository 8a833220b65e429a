"""The limits of public forms and public data: counted in the database, for all processes at once.

The limits are ``settings.RATE_LIMITS``. A window begins with the first use and has a fixed length:
asking while refused does not lengthen it, and who waits for ``Retry-After`` is served. Windows
shorter than a day also end at midnight (UTC), when the hash of their subject changes: rows, and
backups, of two days cannot be linked. Those of an account do not: the database holds it anyway, and
guesses of its password would be twice as many at midnight.

No network and no address is kept, only a keyed hash. A database that cannot count never makes a
request fail: each limit says whether it then lets pass (``Rate.fails_open``).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.api.models import RateLimitWindow
from portal.api.rates import Rate
from portal.base.client import address_key

_DAY = timedelta(days=1)
#: When a use could not be counted: told to who is refused for it.
_RETRY_SECONDS = 60
#: How long who reads waits for SQLite's only writer (an import writes for seconds), and for how
#: long this process counts no reading after that.
_READERS_WAIT, _READERS_PAUSE = 1.0, 5.0
_MOST_SHARES = 10_000

Subject = HttpRequest | str | int


class Share(NamedTuple):
    """What this process knows of a window: how many uses it may still grant, or that none is."""

    left: int
    window: RateLimitWindow


#: By the key of a window: the rest of a batch; or 0 once the limit is reached, so that a flood
#: costs no query.
shares: dict[str, Share] = {}
_lock = threading.Lock()
_paused_until = 0.0


def consume(name: str, subject: Subject = "") -> int:
    """Count one use of a limit. 0 when it may pass, else in how many seconds to try again.

    ``subject``: the request for a limit per network, the hash of an address, the key of an entry;
    nothing for everybody. In a transaction the use is counted only if it is committed.
    """
    rate: Rate = settings.RATE_LIMITS[name]
    now = timezone.now()
    key = _key(name, rate, subject, now)
    known = _known_wait(key, now)
    if known is not None:
        return known
    try:
        with _patience(subject):
            return _count(name, rate, key, now)
    except Error:
        return 0 if rate.fails_open else _RETRY_SECONDS


def consume_all(*uses: tuple[str, Subject]) -> int:
    """Count one use of each of these limits, or of none when one of them is reached."""
    return max(seconds_to_wait(*use) for use in uses) or max(consume(*use) for use in uses)


def give_back(name: str, subject: Subject = "") -> None:
    """Undo one use that ``consume`` counted: it was no wrong attempt after all."""
    now = timezone.now()
    key = _key(name, settings.RATE_LIMITS[name], subject, now)
    with _lock:
        shares.pop(key, None)
    RateLimitWindow.objects.give_back(key, now)


def seconds_to_wait(name: str, subject: Subject = "") -> int:
    """What ``consume`` would answer now; nothing is counted."""
    rate: Rate = settings.RATE_LIMITS[name]
    try:
        window = window_of(name, subject)
    except Error:
        return 0 if rate.fails_open else _RETRY_SECONDS
    return window.seconds_left() if window and window.count >= rate.amount else 0


def window_of(name: str, subject: Subject = "") -> RateLimitWindow | None:
    """The window that counts now, if one is open. Raises what the database does."""
    now = timezone.now()
    key = _key(name, settings.RATE_LIMITS[name], subject, now)
    return RateLimitWindow.objects.open_at(now).filter(pk=key).first()


def delete_past_windows(now: datetime | None = None) -> None:
    """Forget the windows that are over: they count no more."""
    RateLimitWindow.objects.over_at(now or timezone.now()).delete()


def _key(name: str, rate: Rate, subject: Subject, now: datetime) -> str:
    """A hash that only this portal can make. Raises TypeError for the subject of another limit."""
    if (rate.per == "network") is not isinstance(subject, HttpRequest):
        raise TypeError(f"{name} is a limit per {rate.per}.")
    if isinstance(subject, HttpRequest):
        subject = address_key(subject)
    day = now.astimezone(UTC).date() if _ends_at_midnight(rate) else ""
    text = f"{name}|{day}|{subject}"
    return salted_hmac("portal.api.throttling", text, algorithm="sha256").hexdigest()[:32]


def _ends_at_midnight(rate: Rate) -> bool:
    return rate.period < _DAY and rate.per != "account"


def _end(rate: Rate, now: datetime) -> datetime:
    """When a window that begins now is over: before its key changes."""
    if not _ends_at_midnight(rate):
        return now + rate.period
    midnight = datetime.combine(now.astimezone(UTC).date() + _DAY, datetime.min.time(), UTC)
    return min(now + rate.period, midnight)


def _known_wait(key: str, now: datetime) -> int | None:
    """What this process can answer by itself; None when it must ask the database."""
    with _lock:
        share = shares.get(key)
        if share is None or share.window.ends_at <= now:
            return None
        if share.left == 0:
            return share.window.seconds_left(now)
        if share.left == 1:
            del shares[key]
        else:
            shares[key] = share._replace(left=share.left - 1)
        return 0


def _count(name: str, rate: Rate, key: str, now: datetime) -> int:
    passes = RateLimitWindow.objects.use(
        key, name, number=rate.batch, amount=rate.amount, now=now, ends_at=_end(rate, now)
    )
    if passes and rate.batch == 1:
        return 0
    window = RateLimitWindow.objects.filter(pk=key).first()
    if window is None:  # it ended, and was deleted, since
        return 0 if passes else 1
    # A use that may be given back, by another process too, is asked of the database each time.
    if rate.per != "account":
        _keep(key, Share(rate.batch - 1 if passes else 0, window), now)
    return 0 if passes else window.seconds_left(now)


def _keep(key: str, share: Share, now: datetime) -> None:
    with _lock:
        if len(shares) >= _MOST_SHARES:
            over = [one for one, known in shares.items() if known.window.ends_at <= now]
            for one in over or list(shares):
                del shares[one]
        known = shares.get(key)
        if known and share.left and known.window.ends_at == share.window.ends_at:
            share = share._replace(left=known.left + share.left)  # another thread counted as well
        shares[key] = share


@contextmanager
def _patience(subject: Subject) -> Iterator[None]:
    """Have who reads wait a moment at most where an import is writing; who sends a form, as usual.

    Raises ``Error`` at once while the last reader waited in vain.
    """
    global _paused_until
    is_reading = isinstance(subject, HttpRequest) and subject.method in ("GET", "HEAD")
    if not is_reading:
        yield
        return
    if monotonic() < _paused_until:
        raise Error
    try:
        with _short_wait():
            yield
    except Error:
        _paused_until = monotonic() + _READERS_PAUSE
        raise


@contextmanager
def _short_wait() -> Iterator[None]:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield  # PostgreSQL locks a row, for as long as the statement lasts
        return
    connection.ensure_connection()
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
    _wait_for_lock(_READERS_WAIT)
    try:
        yield
    finally:
        _wait_for_lock(usual)


def _wait_for_lock(seconds: float) -> None:
    with connection.wrap_database_errors:
        connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
