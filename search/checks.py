"""What is refused at start: a search server that could not be spoken to, or overheard."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.translation import gettext as _

_INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,199}")


@register("production")
def search_server_can_be_reached(**_kwargs: Any) -> list[CheckMessage]:
    """Nothing to say when the embedded engine answers alone."""
    if not settings.SEARCH_URL:
        return []
    nodes = settings.SEARCH_URL.split(",")
    return [*(message for node in nodes for message in _server(node)), *_index()]


def _server(node: str) -> Iterator[CheckMessage]:
    is_public = getattr(settings, "PORTAL_IS_PRODUCTION", False)
    hint = _("Par exemple : SEARCH_URL=https://compte:motdepasse@recherche.example.org:9200")
    try:
        address = urlsplit(node)
        is_whole = bool(address.hostname and (address.port or address.scheme == "https"))
    except ValueError:
        is_whole = False
    if not is_whole or address.scheme not in ("http", "https"):
        problem = _("SEARCH_URL n’est pas l’adresse d’un serveur (http ou https, nom et port).")
        yield Error(problem, hint=hint, id="search.E101")
    elif address.scheme == "http" and is_public and not _is_near(address):
        problem = _("SEARCH_URL est en http : ce que cherchent les gens passerait en clair.")
        yield Warning(problem, hint=hint, id="search.W101")


def _is_near(address: SplitResult) -> bool:
    """On this machine, or in a private network: a name without a dot, an address of one."""
    host = address.hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def _index() -> Iterator[CheckMessage]:
    if not _INDEX.fullmatch(settings.SEARCH_INDEX):
        yield Error(
            _("SEARCH_INDEX n’est pas un nom d’index : minuscules, chiffres, « - » et « _ »."),
            hint=_("Par exemple : SEARCH_INDEX=ptsm13 (un nom par portail sur un même serveur)."),
            id="search.E102",
        )
