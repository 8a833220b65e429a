"""Turns of those who write: a lock on a file beside the database."""

import fcntl
import os
from threading import Lock, Thread


class WritersTurn:
    """The place of one connection in the queue of writers.

    The file is not the database itself: to close it would let go of the locks of SQLite.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, ``seconds`` at most; whether it came. Whoever has it, keeps it."""
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:  # a read-only disk, a folder that is not ours
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = file
        except BlockingIOError:
            self._file = _Waiter(file).wait(seconds)
        except OSError:  # a disk that knows no such lock
            os.close(file)
        return self._file is not None

    def end(self) -> None:
        """Let the next one write."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    close = end


class _Waiter:
    """Waits for a lock on a thread: the call that waits for it knows no time-out."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._lock = Lock()
        self._has_it = self._gave_up = False
        self._thread = Thread(target=self._take, name="writers-turn", daemon=True)

    def wait(self, seconds: float) -> int | None:
        """The file, locked; None when it took too long."""
        self._thread.start()
        self._thread.join(seconds)
        with self._lock:
            self._gave_up = not self._has_it
            return self._file if self._has_it else None

    def _take(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError:
            os.close(self._file)
            return
        with self._lock:
            self._has_it = not self._gave_up
        if not self._has_it:
            os.close(self._file)
