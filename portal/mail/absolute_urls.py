"""Addresses of this portal as messages must give them: whole, whatever host asked."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this portal as a whole address, whatever host asked for it.

    What is no path (https:, mailto:, tel:) is whole already.
    """
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return base + path if path.startswith("/") else path
