"""What ``make run`` serves: a production server on the loopback address, without HTTPS.

Everything else is as in production. The secret is made at the first start and kept in
``var/``, which git ignores.
"""

from .base import *
from .base import VAR_DIR, env

SECRET_KEY = env.str("SECRET_KEY", default="") or (VAR_DIR / "secret_key").read_text().strip()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PORTAL_IS_DEMO = True
PORTAL_SERVES_MEDIA = True
# Passkeys work on the loopback address without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Nobody else can reach it: a password is enough to look around.
SECOND_FACTOR_REQUIRED = False
