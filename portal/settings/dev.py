"""For the person who writes code: debug pages, unhashed static files."""

from .base import *
from .base import STORAGES

DEBUG = True
SECRET_KEY = "dev-only-not-secret"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
PORTAL_SERVES_MEDIA = True
# A template that was just changed is seen at once.
PORTAL_PAGE_CACHE = False
# Passkeys work on the loopback address without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Nobody else can reach it.
SECOND_FACTOR_REQUIRED = False
