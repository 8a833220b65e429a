"""Static files, uploaded files and their sizes."""

from portal.files.static_headers import add_static_headers

from .environment import BASE_DIR, VAR_DIR, env
from .media_url import media_storage

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers
# A name with a hash never changes; read in the name, not asked of the storage at each start.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
# A web server does it better; without one, or from a bucket, the portal can (portal.files.media).
PORTAL_SERVES_MEDIA = False
STORAGES = {
    "default": media_storage(env.str("PORTAL_MEDIA_URL", default="")),
    "staticfiles": {"BACKEND": "portal.files.static_storage.PortalStaticFilesStorage"},
}
# The web server reads them under an account of its own, whatever the umask of ours.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
