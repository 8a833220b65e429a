"""From EMAIL_URL to Django's settings: who carries the mail.

No message of this module repeats the address: it holds a password.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from environ import Env

FILE_BACKEND = "portal.mail.file_backend.FileEmailBackend"
TIMEOUT = 8  # seconds: a mail server that hangs must not hold the messages to others
# What each service of anymail calls its secrets, in the order in which EMAIL_URL holds them.
SERVICES = {
    "brevo": ("API_KEY",),
    "mailjet": ("API_KEY", "SECRET_KEY"),
    "scaleway": ("SECRET_KEY", "PROJECT_ID"),
}
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 587, "smtp+ssl": 465}


def mail_settings(url: str, folder: Path, webhook_secret: str = "") -> dict[str, Any]:
    """The settings that ``url`` asks for; without one, messages are written in ``folder``.

    Opens and clicks are never followed, whatever the account at the service says: a pixel or
    a rewritten link would tell who reads about mental health.
    """
    anymail: dict[str, Any] = {"REQUESTS_TIMEOUT": TIMEOUT}
    if webhook_secret:
        anymail["WEBHOOK_SECRET"] = webhook_secret
    common = {"EMAIL_TIMEOUT": TIMEOUT, "EMAIL_FILE_PATH": str(folder), "ANYMAIL": anymail}
    if not url:
        return {**common, "EMAIL_BACKEND": FILE_BACKEND}
    try:
        parts = urlsplit(url)
    except ValueError:  # A lone bracket looks like half of an IPv6 address.
        raise ImproperlyConfigured(
            "EMAIL_URL : codez les crochets du mot de passe, %5B pour [ et %5D pour ]."
        ) from None
    if parts.scheme in SERVICES:
        anymail.update(_service(parts))
        return {**common, "EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend"}
    return {**common, **_environ(url, parts)}


def _service(parts: SplitResult) -> dict[str, Any]:
    names = SERVICES[parts.scheme]
    secrets = [unquote(part) for part in (parts.username, parts.password) if part]
    if len(secrets) != len(names) or parts.hostname or parts.path.strip("/"):
        example = ":".join(names)
        raise ImproperlyConfigured(
            f"EMAIL_URL : écrivez {parts.scheme}://{example}@ (avec l’arobase à la fin), "
            "et chaque signe « : / @ # ? % » d’une clé sous sa forme codée, par exemple %2F pour /."
        )
    service = parts.scheme.upper()
    found: dict[str, Any] = {
        f"{service}_{name}": secret for name, secret in zip(names, secrets, strict=True)
    }
    if parts.scheme == "mailjet":  # The only one that can be asked so, message by message.
        found["MAILJET_SEND_DEFAULTS"] = {"track_opens": False, "track_clicks": False}
    return found


def _environ(url: str, parts: SplitResult) -> dict[str, Any]:
    if parts.scheme not in Env.EMAIL_SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in (*_PORTS, *SERVICES))
        raise ImproperlyConfigured(f"EMAIL_URL commence par autre chose que : {known}.")
    try:
        found = Env.email_url_config(url)
        is_whole = parts.scheme not in _PORTS or (parts.hostname and not parts.path.strip("/"))
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            f"EMAIL_URL : écrivez {parts.scheme}://compte:motdepasse@serveur:port, et chaque "
            "signe « : / @ # ? % » du mot de passe sous sa forme codée, par exemple %2F pour /."
        ) from None
    if parts.scheme in _PORTS:
        found["EMAIL_PORT"] = found["EMAIL_PORT"] or _PORTS[parts.scheme]
        del found["EMAIL_FILE_PATH"]
    # django-environ reads « + » as a blank, which a password may well hold.
    found["EMAIL_HOST_USER"] = unquote(parts.username or "")
    found["EMAIL_HOST_PASSWORD"] = unquote(parts.password or "")
    return found
