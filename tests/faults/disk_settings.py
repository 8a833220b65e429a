"""For a portal whose disk fails: files, cache and database are on it, as in production."""

from portal.settings.base import CACHES as KEPT_ON_DISK
from portal.settings.base import DATABASES as DATABASES_ON_DISK
from tests.backups.settings import *  # noqa: F403

CACHES, DATABASES = KEPT_ON_DISK, DATABASES_ON_DISK
