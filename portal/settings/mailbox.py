"""From PORTAL_BOUNCE_URL to the mailbox that the portal reads: where it is, and its account.

No message of this module repeats the address: it holds a password. Apart, under a name that
Django knows, the password is left out of its reports of errors as well.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.settings.loopback import is_this_machine

_PORTS = {"imaps": 993, "imap": 143}
_EXAMPLE = "imaps://compte:motdepasse@imap.example.org/INBOX"


def mailbox_settings(url: str) -> dict[str, Any]:
    """What ``url`` says; nothing when there is no mailbox to read."""
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise _malformed() from None
    folder = unquote(parts.path.strip("/")) or "INBOX"
    is_whole = parts.scheme in _PORTS and parts.hostname and parts.username and parts.password
    if not is_whole or not _is_plain(folder):
        raise _malformed()
    if parts.scheme == "imap" and not is_this_machine(parts.hostname):
        raise ImproperlyConfigured(
            "PORTAL_BOUNCE_URL : imap:// ferait passer le mot de passe en clair sur le réseau. "
            "Écrivez imaps://."
        )
    return {
        "HOST": parts.hostname,
        "PORT": port,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "FOLDER": folder,
        "USE_TLS": parts.scheme == "imaps",
    }


def _malformed() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"PORTAL_BOUNCE_URL : écrivez {_EXAMPLE}, avec chaque signe « : / @ # ? % » du mot de "
        "passe sous sa forme codée, par exemple %2F pour /, et un dossier sans accent."
    )


def _is_plain(folder: str) -> bool:
    # IMAP has an encoding of its own for accents (RFC 3501, 5.1.3): nobody types it.
    return folder.isascii() and folder.isprintable() and not set('"\\') & set(folder)
