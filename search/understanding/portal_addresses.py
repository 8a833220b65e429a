"""An address of the portal in a question: the page, the entry or the document that it leads to."""

import re
from urllib.parse import unquote, urlsplit

from wagtail.models import Site

from search.models import IndexedDocument

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)/[\w%.~-]+(?:/[\w%.~-]+)*/?(?:[?#]\S*)?(?!\S)"
)
_MARKS = ".,;:!?)»”\"'>"


def address_in(text: str) -> str:
    """The first address of a text, whole or without its host; empty without one.

    >>> address_in("voir https://portail.fr/annuaire/cmp-aubagne/."), address_in("cmp 13/05")
    ('https://portail.fr/annuaire/cmp-aubagne/', '')
    """
    found = _ADDRESS.search(text)
    return found.group().rstrip(_MARKS) if found else ""


def address_keys(address: str) -> tuple[str, ...]:
    """The keys of what the search knows at an address of the portal; none for another site's."""
    parts = urlsplit(address if "//" in address[:8] or address[0] == "/" else f"//{address}")
    if parts.hostname and parts.hostname not in _hosts():
        return ()
    path = unquote(parts.path)
    ways = {path, path.rstrip("/"), f"{path.rstrip('/')}/"} - {"", "/"}
    if parts.fragment:
        ways = {f"{way}#{parts.fragment}" for way in ways} | ways
    found = IndexedDocument.objects.live().filter(url__in=sorted(ways)).order_by("-url", "key")
    return tuple(found.values_list("key", flat=True))


def words_of_address(address: str) -> str:
    """What an address that leads nowhere says: the words of its last part.

    >>> words_of_address("https://portail.fr/annuaire/cmp-aubagne/?q=x")
    'cmp aubagne'
    """
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return re.sub(r"[-_.+]+", " ", unquote(last)).strip()


def _hosts() -> set[str]:
    hosts = set(Site.objects.values_list("hostname", flat=True))
    return hosts | {f"www.{host}" for host in hosts} | {"localhost", "127.0.0.1"}
