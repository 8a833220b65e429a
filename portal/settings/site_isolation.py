"""What browsers are told: what a page may load, and who may read the public data."""

from csp.constants import NONE, SELF

# Pages carry neither inline script nor inline style; the editor's screens need the
# exceptions that SecurityHeadersMiddleware adds under /admin/.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
    },
}
# Any site may read the public data, and nothing else; no cookie ever goes with it.
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The editor shows the preview of a page in a frame of the same site: not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
