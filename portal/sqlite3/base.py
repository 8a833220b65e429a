"""Django's SQLite backend, with a queue of writers.

SQLite lets one transaction write at a time. The others try again after pauses of up to a tenth of a
second, and the last to come may be the first to get in: with eight writers, one waits for twenty
seconds while the file is often free. Here whoever writes waits for a lock of the operating system,
which wakes the next one as soon as the transaction before has ended, or its process has died.

The queue only decides who goes first. What keeps the file whole is still SQLite's own lock, asked
for next: where the queue cannot be made (a disk that is read-only), writers do without.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

from portal.sqlite3.turns import WritersTurn

_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLAC"})


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before a transaction, and before a single write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: WritersTurn | None = None
        self.execute_wrappers.append(self._write_alone)

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._turn is not None:
                self._turn.close()
                self._turn = None

    def _write_alone(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """A statement that is a transaction by itself takes its turn too, or would never get in."""
        if self.in_atomic_block or str(sql[:6]).upper() not in _WRITES:
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        if self._turn is None:
            self._turn = WritersTurn(f"{self.settings_dict['NAME']}-turn")
        self._turn.take(self.settings_dict["OPTIONS"].get("timeout", 5))

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.end()
