"""For the tests: fast hashes, memory cache and mail, static files as they are on disk."""

from .base import *
from .base import DATABASES

SECRET_KEY = "test-only-not-secret"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory, where nobody queues; pytest-django knows Django's own by its name.
    DATABASES = {"default": DATABASES["default"] | {"ENGINE": "django.db.backends.sqlite3"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages", "nearby")
}
# What a test has just written is read by the next line, without a commit.
PORTAL_PAGE_CACHE = False
SEARCH_INDEX_AFTER_COMMIT = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PORTAL_SERVES_MEDIA = True
# No test asks a server of someone else's for an image.
PORTAL_TILES_URL = ""
PORTAL_MAIL_PER_SECOND = 0
# No thread of its own reads the database behind a test; those that try it say so.
PORTAL_MAIL_AT_ONCE = False
PORTAL_WATCH_FROM_WEB = False
# No test finds in its queries what an earlier one has counted.
PORTAL_VIEWS_EVERY = 0
# Those that try the second factor say so.
SECOND_FACTOR_REQUIRED = False
