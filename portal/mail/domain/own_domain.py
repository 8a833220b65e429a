"""The domain that this portal signs with, looked at as its readers' servers do."""

from email.utils import parseaddr

from django.conf import settings

from portal.mail.domain import check_domain
from portal.mail.domain.findings import Finding


def own_domain() -> str:
    """What follows « @ » in the address that signs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def own_server(domain: str) -> str:
    """The mail server, when it is of the same house: another's is its owner's business."""
    server = str(settings.EMAIL_HOST or "") if "smtp" in settings.EMAIL_BACKEND else ""
    return server if server == domain or server.endswith(f".{domain}") else ""


def check_own_domain() -> list[Finding]:
    """Ask the DNS about our own domain. Raises NotADomain when there is none yet."""
    domain = own_domain()
    return check_domain(domain, settings.DKIM_SELECTOR, server=own_server(domain))
