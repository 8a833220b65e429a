"""What a request says of its sender, for forms without cookies; nothing of it is kept."""

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def comes_from_this_site(request: HttpRequest, hides_its_origin: bool = False) -> bool:
    """Whether a POST was sent from one of our own pages.

    Reader's pages carry no cookie, hence no CSRF token; the browser itself says where the
    form was. One that says nothing at all is no browser, and has no rights to borrow.

    A page with ``Referrer-Policy: no-referrer`` hides its origin: older browsers, without
    ``Sec-Fetch-Site``, then say « null ».
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if hides_its_origin and origin == "null":
        return True
    return not origin or urlsplit(origin).netloc == request.get_host()


def address_key(request: HttpRequest) -> str:
    """A keyed hash of the sender's network (/24, or /56 in IPv6): no address in clear."""
    try:
        address = ipaddress.ip_address(_address(request))
        length = 24 if address.version == 4 else 56
        network = str(ipaddress.ip_network(f"{address}/{length}", strict=False))
    except ValueError:
        network = "unknown"
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"address:{network}".encode(), hashlib.sha256).hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """The sender's address; behind proxies, what the outermost trusted one has seen."""
    hops = settings.PORTAL_TRUSTED_PROXIES
    forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")
