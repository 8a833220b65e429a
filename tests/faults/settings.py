"""For processes that a test starts and kills: the test's settings, and a real mail server."""

from pathlib import Path

from portal.settings.base import DATABASES as DATABASES_ON_DISK
from portal.settings.base import env
from portal.settings.test import *  # noqa: F403

# Their transactions end.
SEARCH_INDEX_AFTER_COMMIT = True
DATABASES = DATABASES_ON_DISK

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.int("PORTAL_TEST_SMTP_PORT", default=25)
# Where locks are: each database has its own.
VAR_DIR = Path(env.str("PORTAL_TEST_VAR_DIR"))
PORTAL_MAIL_IF_UNCERTAIN = env.str("PORTAL_MAIL_IF_UNCERTAIN", default="send")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Twenty processes at once, on a machine that does other things: what is tried is who
    # writes what, and not how long a slow machine makes the last of them wait.
    DATABASES["default"]["OPTIONS"]["timeout"] = 60
