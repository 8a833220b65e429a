"""Which addresses the server may ask: portals on the public internet, by https, and no other.

An editor types them, so nothing else of the network may be reached by them: a host is resolved,
and refused when one of its addresses is not public; the connection is then made to that very
address, so that a name that changes in between leads nowhere else.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

HTTPS = 443


class BadPortalAddress(ValueError):
    """An address that is not asked; the message says why, in French."""


def portal_origin(address: str) -> str:
    """« https://host » of the address of a portal; raises ``BadPortalAddress``."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise BadPortalAddress(_("Cette adresse ne se lit pas.")) from error
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin in settings.PORTAL_REGION_ORIGINS:
        return origin
    if parts.scheme != "https":
        raise BadPortalAddress(_("L’adresse commence par https://."))
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise BadPortalAddress(_("L’adresse s’arrête après le nom du site."))
    host = parts.hostname or ""
    if parts.username or parts.password or port not in (None, HTTPS) or not _is_public_name(host):
        raise BadPortalAddress(_("L’adresse est celle d’un site public, par son nom."))
    return f"https://{host}"


def public_address(host: str) -> str:
    """The address of the internet to connect to; raises ``BadPortalAddress`` or ``OSError``."""
    found = socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)
    addresses = [str(sockaddr[0]) for *_kind, sockaddr in found]
    if not addresses or not all(map(is_public, addresses)):
        raise BadPortalAddress(_("Ce nom ne mène pas à un site public."))
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, however it is written."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if within is not None:
            return within.is_global
    return ip.is_global and not ip.is_multicast


def _is_public_name(host: str) -> bool:
    """A name with a dot whose last part is no number: neither an IP nor a machine next door."""
    last = host.rstrip(".").rpartition(".")
    return bool(last[0]) and last[2].isalpha() and last[2] not in ("local", "internal", "localhost")
