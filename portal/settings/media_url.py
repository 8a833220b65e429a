"""From PORTAL_MEDIA_URL to where images and documents are: a folder, or a bucket of a store.

No message of this module repeats the address: it holds a secret.
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.settings.loopback import is_this_machine

_EXAMPLE = "s3://CLE:SECRET@s3.example.org/nom-du-seau?region=fr-par"
_PROTOCOLS = {"s3": "https", "s3+http": "http"}


def media_storage(url: str) -> dict[str, Any]:
    """Django's storage of media that ``url`` names; without one, the folder of the portal."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise _malformed() from None
    bucket, _slash, folder = parts.path.strip("/").partition("/")
    is_whole = parts.hostname and parts.username and parts.password and bucket
    if parts.scheme not in _PROTOCOLS or not is_whole:
        raise _malformed()
    if parts.scheme == "s3+http" and not is_this_machine(parts.hostname):
        raise ImproperlyConfigured(
            "PORTAL_MEDIA_URL : s3+http:// ferait passer les fichiers en clair sur le réseau. "
            "Écrivez s3://."
        )
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured(
            "PORTAL_MEDIA_URL : il manque la bibliothèque qui parle aux stockages d’objets "
            "(uv sync --all-extras)."
        )
    return {
        "BACKEND": "portal.files.media_bucket.MediaBucket",
        "OPTIONS": {
            "endpoint_url": f"{_PROTOCOLS[parts.scheme]}://{parts.hostname}{port}",
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "location": folder,
            # Signatures need one, even where the store has a single place.
            "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
        },
    }


def _malformed() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"PORTAL_MEDIA_URL : écrivez {_EXAMPLE}, avec chaque signe « : / @ # ? % » de la clé et du "
        "secret sous sa forme codée, par exemple %2F pour /."
    )
