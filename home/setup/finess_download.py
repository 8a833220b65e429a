"""The national file of FINESS, received by a job: piece by piece, from where it stopped.

Addresses are tried in their order (``PORTAL_FINESS_URLS``). A cut network is waited for, and the
same file goes on; an address that gives something else (a web page, an error) is left for the next.
"""

import time
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

import urllib3

from home.setup.models import FinessImport
from portal.imports.contract import UnreadableFile
from portal.imports.runs import start_import
from portal.jobs.registry import stop_asked
from resources.finess.import_types import FINESS
from resources.finess.rows import check_format

State = FinessImport.State
CONNECT_SECONDS, READ_SECONDS = 10.0, 30.0
#: What one turn of the job takes at most of a file that can be gone on with.
TURN_SECONDS = 25.0
#: Failures of the network, one after the other, before the next address.
MOST_FAILURES = 4
FIRST_WAIT = timedelta(minutes=1)
LARGEST = FINESS.megabytes * 1024**2
_PIECE = 256 * 1024


class AddressRefused(Exception):
    """This address will not give the file; its words are a French sentence."""


class Interrupted(Exception):
    """The file is not whole: the rest is asked for at the next turn."""

    def __init__(self, is_failure: bool) -> None:
        super().__init__()
        self.is_failure = is_failure


def receive(fetch: FinessImport) -> None:
    """One turn: receive what can be, then hand the whole file to the import.

    Leaves ``fetch`` saved: on its way, received with its ``run``, or failed with ``reasons``.
    """
    addresses = settings.PORTAL_FINESS_URLS
    while fetch.is_on_its_way and not stop_asked():
        if fetch.address_rank >= len(addresses):
            _finish(fetch, State.FAILED)
            return
        try:
            _download(fetch, addresses[fetch.address_rank])
            _hand_over(fetch)
        except Interrupted as stop:
            if not (stop.is_failure and _count_failure(fetch)):
                return
        except (AddressRefused, UnreadableFile) as reason:
            _try_next(fetch, str(reason))
        except OSError:
            _finish(fetch, State.FAILED, _("Le disque du portail n’a pas pu garder le fichier."))


def waiting_file(fetch: FinessImport) -> Path:
    """Where the bytes received so far are."""
    return Path(settings.VAR_DIR) / "finess" / f"{fetch.uuid}.partiel"


def _download(fetch: FinessImport, address: str) -> None:
    """Raise ``Interrupted`` or ``AddressRefused`` unless the whole file is there."""
    path = waiting_file(fetch)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fetch.received = path.stat().st_size if path.exists() else 0
    if fetch.expected and fetch.received == fetch.expected:
        return
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    # Only redirections: a failure is waited for by the job, not here.
    retries = urllib3.Retry(total=None, connect=0, read=0, status=0, other=0, redirect=5)
    try:
        with urllib3.PoolManager(timeout=timeout, retries=retries) as pool:
            response = pool.request(
                "GET", address, headers=_headers(fetch), preload_content=False, decode_content=False
            )
            try:
                _receive_body(fetch, response, path)
            finally:
                response.close()
    except (urllib3.exceptions.HTTPError, ValueError):
        fetch.save()
        raise Interrupted(is_failure=True) from None


def _headers(fetch: FinessImport) -> dict[str, str]:
    # Compressed once more on the way, a range of it would be a range of something else.
    headers = {"User-Agent": "portail-ptsm", "Accept-Encoding": "identity"}
    if fetch.received and fetch.validator:
        headers |= {"Range": f"bytes={fetch.received}-", "If-Range": fetch.validator}
    return headers


def _receive_body(fetch: FinessImport, response: urllib3.BaseHTTPResponse, path: Path) -> None:
    if response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        _forget_bytes(fetch)
        raise Interrupted(is_failure=True)
    if response.status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        words = _("l’adresse répond une erreur (%(status)s)")
        raise AddressRefused(words % {"status": response.status})
    if "text/html" in response.headers.get("Content-Type", ""):
        raise AddressRefused(_("l’adresse répond une page web, pas le fichier"))
    goes_on = response.status == HTTPStatus.PARTIAL_CONTENT
    length = int(response.headers.get("Content-Length") or 0)
    fetch.received = fetch.received if goes_on else 0
    fetch.expected = fetch.received + length if length else 0
    fetch.validator = _validator(response)
    fetch.state = State.RECEIVING
    fetch.save()
    with path.open("ab" if goes_on else "wb") as file:
        _copy(fetch, response, file)
    fetch.save()
    if fetch.expected and fetch.received != fetch.expected:
        raise Interrupted(is_failure=True)


def _copy(fetch: FinessImport, response: urllib3.BaseHTTPResponse, file: BinaryIO) -> None:
    deadline = time.monotonic() + TURN_SECONDS
    told = 0.0
    while piece := response.read(_PIECE):
        file.write(piece)
        fetch.received += len(piece)
        if fetch.received > LARGEST:
            words = _("le fichier dépasse %(count)s Mo")
            raise AddressRefused(words % {"count": FINESS.megabytes})
        now = time.monotonic()
        if now - told > 1:
            told = now
            fetch.failures = 0
            fetch.save(update_fields=["received", "failures"])
        if stop_asked() or (now > deadline and fetch.validator):
            file.flush()
            fetch.save()
            raise Interrupted(is_failure=False)


def _validator(response: urllib3.BaseHTTPResponse) -> str:
    """What tells that a later range is of the same file; empty when ranges cannot be asked for."""
    if response.headers.get("Accept-Ranges") == "none":
        return ""
    etag = response.headers.get("ETag", "")
    if etag and not etag.startswith("W/"):
        return etag[:200]
    return response.headers.get("Last-Modified", "")[:200]


def _hand_over(fetch: FinessImport) -> None:
    """The file becomes an import to be read; raises ``UnreadableFile`` for what is not FINESS."""
    path = waiting_file(fetch)
    with path.open("rb") as file:
        check_format(file)
    address = settings.PORTAL_FINESS_URLS[fetch.address_rank]
    name = urlsplit(address).path.rpartition("/")[2] or "finess"
    if fetch.address_rank:
        name = _("%(name)s (adresse de secours)") % {"name": name}
    fetch.run = start_import(FINESS, path.read_bytes(), name, {}, fetch.user)
    fetch.received_at = timezone.now()
    _finish(fetch, State.RECEIVED)


def _count_failure(fetch: FinessImport) -> bool:
    """Wait longer each time; True when it is the turn of the next address."""
    fetch.failures += 1
    if fetch.failures >= MOST_FAILURES:
        _try_next(fetch, _("l’adresse ne répond pas, ou s’interrompt"))
        return True
    fetch.next_try_at = timezone.now() + FIRST_WAIT * 2 ** (fetch.failures - 1)
    fetch.save()
    return False


def _try_next(fetch: FinessImport, reason: str) -> None:
    _forget_bytes(fetch)
    address = settings.PORTAL_FINESS_URLS[fetch.address_rank]
    host = urlsplit(address).hostname or address
    fetch.reasons = [*fetch.reasons, _("%(host)s : %(reason)s") % {"host": host, "reason": reason}]
    fetch.address_rank += 1
    fetch.failures = 0
    fetch.save()


def _forget_bytes(fetch: FinessImport) -> None:
    waiting_file(fetch).unlink(missing_ok=True)
    fetch.received = fetch.expected = 0
    fetch.validator = ""


def _finish(fetch: FinessImport, state: str, reason: str = "") -> None:
    fetch.state = state
    if reason:
        fetch.reasons = [*fetch.reasons, reason]
    fetch.save()
    waiting_file(fetch).unlink(missing_ok=True)
