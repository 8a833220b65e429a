"""For the public: everything from the environment, refused at start when unsafe.

A value that is missing stays empty here, so that ``portal.base.checks.production`` can say
all that is wrong at once, each in a sentence. ``portal.wsgi`` serves nothing until then.
"""

from .base import *
from .base import env

PORTAL_IS_PRODUCTION = True

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL] if "://" in WAGTAILADMIN_BASE_URL else []

# Only for a machine where no web server stands before the portal.
PORTAL_SERVES_MEDIA = env.bool("PORTAL_SERVES_MEDIA", default=False)

PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=1)
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
KNOWN_DEVICE_COOKIE_NAME = "__Secure-known_device"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
