"""For the public: everything from the environment, refused at start when unsafe.

A value that is missing stays empty here, so that ``portal.base.checks.production`` can say
all that is wrong at once, each in a sentence. ``portal.wsgi`` serves nothing until then.
"""

from .base import *
from .base import SILENCED_SYSTEM_CHECKS, env

PORTAL_IS_PRODUCTION = True

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL] if "://" in WAGTAILADMIN_BASE_URL else []

# Who reads slow requests whole before the portal sees them: see portal.base.checks.production.
PORTAL_WEB_SERVER = env.str("PORTAL_WEB_SERVER", default="")
# Only where no web server stands before the portal, or where media are in a bucket, which it does
# not read.
PORTAL_SERVES_MEDIA = env.bool(
    "PORTAL_SERVES_MEDIA", default=bool(env.str("PORTAL_MEDIA_URL", default=""))
)

PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=1)
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES

PORTAL_NIGHTLY_BACKUP = env.bool("PORTAL_NIGHTLY_BACKUP", default=True)

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Other sites may live under the same name, and browsers forget a preload in months: both are
# asked for by who owns the name, never taken.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("PORTAL_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("PORTAL_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
KNOWN_DEVICE_COOKIE_NAME = "__Secure-known_device"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
