"""Ask several portals the same question, all at once, and wait for none for long.

What they answer is text of somebody else's: it is cut, checked, and shown as text. The question
goes to the portals and nowhere else: neither logged, nor kept.
"""

import json
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from home.portal_addresses import BadPortalAddress, portal_origin, public_address

#: What the reader waits for at most.
TOTAL_SECONDS = 2.5
CONNECT_SECONDS, READ_SECONDS = 1.0, 2.0
#: A portal that failed is left alone, so that readers wait for it once.
REST_SECONDS = 30.0
LARGEST_ANSWER = 512 * 1024
LONGEST_TITLE = 200
MOST_HITS = 3
#: No department has more: a larger total is none.
LARGEST_TOTAL = 100_000
_PIECE = 64 * 1024
_FAILURES = (urllib3.exceptions.HTTPError, OSError, ValueError, BadPortalAddress)

_resting: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class RegionalHit:
    """A page of another portal."""

    title: str
    url: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RegionalAnswer:
    """What a portal answered: its first pages, and how many it has in all."""

    hits: tuple[RegionalHit, ...]
    total: int


def ask_portals(addresses: Iterable[str], question: str) -> list[RegionalAnswer | None]:
    """The answer of each of these portals, in their order; None for one that does not answer."""
    deadline = time.monotonic() + TOTAL_SECONDS
    asked = [_executor().submit(_ask_unless_resting, one, question, deadline) for one in addresses]
    wait(asked, timeout=TOTAL_SECONDS)
    return [_answer_of(one) for one in asked]


@lru_cache(maxsize=1)
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=64, thread_name_prefix="region")


def _answer_of(asked: Future[RegionalAnswer | None]) -> RegionalAnswer | None:
    if not asked.done():
        asked.cancel()
        return None
    return None if asked.cancelled() or asked.exception() else asked.result()


def _ask_unless_resting(address: str, question: str, deadline: float) -> RegionalAnswer | None:
    now = time.monotonic()
    if now >= deadline or now < _resting.get(address, 0):
        return None
    try:
        answer = _ask(portal_origin(address), question, deadline)
    except _FAILURES:
        _resting[address] = time.monotonic() + REST_SECONDS
        return None
    _resting.pop(address, None)
    return answer


def _ask(origin: str, question: str, deadline: float) -> RegionalAnswer:
    """One portal's answer; raises one of ``_FAILURES``."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    is_secure = parts.scheme == "https"
    pool = _pool(host, public_address(host) if is_secure else host, parts.port, is_secure)
    response = pool.urlopen(
        "GET",
        f"/api/recherche?{urlencode({'q': question})}",
        headers={"Host": parts.netloc, "Accept": "application/json", "User-Agent": "portail-ptsm"},
        redirect=False,
        preload_content=False,
    )
    try:
        if response.status != HTTPStatus.OK:
            raise ValueError("refused")
        return _read(_body(response, deadline), origin)
    except BaseException:
        response.close()
        raise
    finally:
        response.release_conn()


@lru_cache(maxsize=512)
def _pool(host: str, address: str, port: int | None, is_secure: bool) -> urllib3.HTTPConnectionPool:
    """Connections to the address that was found public, under the name of the portal."""
    limits: dict[str, Any] = {
        "timeout": urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        "retries": False,
        "maxsize": 4,
    }
    if not is_secure:
        return urllib3.HTTPConnectionPool(address, port, **limits)
    return urllib3.HTTPSConnectionPool(
        address, port, server_hostname=host, assert_hostname=host, **limits
    )


def _body(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER or time.monotonic() > deadline:
            raise ValueError("too long")
    return bytes(body)


def _read(body: bytes, origin: str) -> RegionalAnswer:
    """What the body of an answer says; raises ``ValueError`` for what is none."""
    try:
        said = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested") from error
    return read_answer(said, origin)


def read_answer(said: Any, origin: str) -> RegionalAnswer:
    """What ``/api/recherche`` of the portal at « https://host » says; ``ValueError`` if nothing."""
    if not isinstance(said, dict) or not isinstance(said.get("hits"), list):
        raise ValueError("another shape")
    hits = [hit for one in said["hits"] if (hit := _hit(one, origin))]
    total = said.get("total")
    if not isinstance(total, int) or total > LARGEST_TOTAL:
        total = 0
    return RegionalAnswer(tuple(hits[:MOST_HITS]), max(total, len(hits)))


def _hit(said: Any, origin: str) -> RegionalHit | None:
    """A page of that very portal; None for what is none."""
    if not isinstance(said, dict):
        return None
    serves = said.get("serves")
    title, url = _text(said.get("title")), said.get("url")
    if not (title and isinstance(url, str) and url.startswith(f"{origin}/") and url.isprintable()):
        return None
    return RegionalHit(
        title, url, _text(serves.get("sentence") if isinstance(serves, dict) else "")
    )


def _text(said: Any) -> str:
    """Words on one line, without the signs that no page may hold; empty when they are none."""
    if not isinstance(said, str):
        return ""
    shown = "".join(sign if sign.isprintable() else " " for sign in said[: 4 * LONGEST_TITLE])
    return " ".join(shown.split())[:LONGEST_TITLE]
