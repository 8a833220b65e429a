"""For a portal whose disk fails: files, cache and database are on it, as in production."""

from portal.settings.base import CACHES as KEPT_ON_DISK
from tests.backups.settings import *  # noqa: F403

CACHES = KEPT_ON_DISK
