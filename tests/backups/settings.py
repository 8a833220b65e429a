"""For processes that save and restore a portal of their own: its folder, its database, its keys."""

from portal.settings.base import env
from portal.settings.test import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PORTAL_HASH_KEY = "hash-key-of-the-tests"
PORTAL_BACKUP_KEY = env.str("PORTAL_BACKUP_KEY", default="")
