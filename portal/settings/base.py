"""Settings shared by every environment, in the order of Django's own reference.

What differs from one machine to the next is read from the environment; what an
environment must refuse is refused in ``production``.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

import environ
from csp.constants import NONE, SELF

from portal.files.static_headers import add_static_headers

from .mail import mail_settings
from .mailbox import mailbox_settings
from .rate_limits import RATE_LIMITS  # noqa: F401
from .time_zones import time_zone_of

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environ.Env().str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))

env = environ.Env()

# How many web servers, under our control, add a visitor's address to X-Forwarded-For.
# With none the header is ignored: anyone can write it.
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=0)

# Which department this portal speaks for: its INSEE code. No other file names one.
PORTAL_DEPARTEMENT = env.str("PORTAL_DEPARTEMENT", default="13")

# The background of the map: the portal asks for its images, keeps them, and gives them to
# readers, whom the source never sees. Empty: a map without a background.
PORTAL_TILES_URL = env.str(
    "PORTAL_TILES_URL",
    default=(
        "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
        "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
)
PORTAL_TILES_ATTRIBUTION = env.str("PORTAL_TILES_ATTRIBUTION", default="© IGN")
PORTAL_TILES_MAX_BYTES = env.int("PORTAL_TILES_MAX_BYTES", default=500 * 1024**2)

# How often each process writes how many times entries were read, in seconds; 0: never.
PORTAL_VIEWS_EVERY = env.int("PORTAL_VIEWS_EVERY", default=60)

# What is kept of the people who must never be written to again is made with this secret.
# Empty: with SECRET_KEY, whose change would then forget them.
PORTAL_HASH_KEY = env.str("PORTAL_HASH_KEY", default="")

# Who was erased, as such hashes, to erase them again after a restore: a file to keep apart
# from the database's backups. Empty: effacements.jsonl in VAR_DIR.
PORTAL_ERASURE_JOURNAL = env.str("PORTAL_ERASURE_JOURNAL", default="")

# Archives of the database and the media (manage.py backup). Empty: backups in VAR_DIR.
PORTAL_BACKUP_DIR = env.str("PORTAL_BACKUP_DIR", default="")
# Only its holder opens them; a key that « manage.py backup --new-key » made. Empty: anybody may.
PORTAL_BACKUP_KEY = env.str("PORTAL_BACKUP_KEY", default="")
# One made each night by the jobs, and the newest tried each week.
PORTAL_NIGHTLY_BACKUP = env.bool("PORTAL_NIGHTLY_BACKUP", default=False)
# The certificate of the web server (fullchain.pem), for /readyz to say when it ends. Empty: unseen.
PORTAL_CERTIFICATE_FILE = env.str("PORTAL_CERTIFICATE_FILE", default="")

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "home",
    "actions",
    "actions.imports",
    "actions.open_data",
    "actions.printing",
    "actions.roadmap",
    "resources",
    "resources.corrections",
    "resources.finess",
    "resources.hsds",
    "resources.imports",
    "resources.indexing",
    "resources.listing",
    "resources.moderation",
    "resources.open_data",
    "resources.printing",
    "resources.referents",
    "resources.sectors",
    "resources.territory_report",
    "resources.verification",
    "newsletter",
    "newsletter.bounces",
    "newsletter.subscription",
    "search",
    "search.api",
    "portal.api",
    "portal.backups",
    "portal.crisis",
    "portal.glossary",
    "portal.imports",
    "portal.jobs",
    "portal.mail",
    "portal.pdf",
    "portal.privacy",
    "portal.review",
    "portal.security",
    "portal.sign_in",
    "portal.translations",
    "portal.base",
    "portal.geo",
    "portal.images",
    "portal.users",
    # Before wagtail.admin, whose panels it completes.
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "corsheaders",
    "csp",
    "js_lib_leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.cache.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.base.middleware.SecurityHeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.base.middleware.AddressLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.sign_in.middleware.SecondFactorMiddleware",
    "portal.sign_in.middleware.SignInLimitsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.base.middleware.RefusedPublicationMiddleware",
    "portal.base.middleware.DiskRefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "portal.base.templatetags.portal_tags",
                "portal.crisis.templatetags.crisis_tags",
                "portal.mail.templatetags.demo_mailbox_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite is the embedded default. IMMEDIATE and a time-out let the web process and the
# worker write side by side; mmap is left off on purpose (corruption seen with WAL).
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
# Kept between requests: opening one costs 2 to 8 ms. On SQLite, the last one that closes writes the
# journal back to the file. One that the server has closed is opened anew, and no reader sees it.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Longer than the writing of a large import: whoever saves meanwhile waits for it.
        "timeout": 20,
        # Each thread has a connection, with 8 MB of the file in memory at most.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000; "
            "PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # Our queries join many tables and return few rows. PostgreSQL would spend half a second
    # compiling them, start helpers for a few milliseconds of work, sort small lists on disk and
    # shun indexes as if disks still turned.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options",
        "-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=16MB -c random_page_cost=1.1",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What one process has at hand of the two others.
NEARBY_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "nearby",
    "OPTIONS": {"MAX_ENTRIES": 500},
}
# Shared by the processes of one machine; several machines share Redis. Whole pages have a folder of
# their own: what else is kept is not thrown away for them.
CACHES = {
    name: (
        env.cache_url("REDIS_URL") | {"KEY_PREFIX": name}
        if env.str("REDIS_URL", default="")
        else {
            "BACKEND": "portal.files.disk.ForgivingFileCache",
            "LOCATION": VAR_DIR / folder,
            "OPTIONS": {"MAX_ENTRIES": most},
        }
    )
    for name, folder, most in (("default", "cache", 1000), ("pages", "pages", 2000))
} | {"nearby": NEARBY_CACHE}
# Whole public pages are kept for readers without a cookie (portal.cache.page_cache).
PORTAL_PAGE_CACHE = env.bool("PORTAL_PAGE_CACHE", default=True)

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Where somebody comes in who has no right to edit the portal: their own entries.
MEMBER_REDIRECT_URL = "resources:my_entries"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "portal.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Counted by the portal, in its database (portal.sign_in.limits).
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES
# Whoever opens the editor gives a passkey, or the code of an application, as well.
SECOND_FACTOR_REQUIRED = True
KNOWN_DEVICE_COOKIE_NAME = "known_device"
MFA_ADAPTER = "portal.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.sign_in.forms.SecondStepForm",
    "reauthenticate": "portal.sign_in.forms.SecondStepAgainForm",
}
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Portail PTSM"

# Without EMAIL_URL nothing leaves: messages are written in var/mail.
ANYMAIL: dict[str, Any]
EMAIL_FILE_PATH: str
vars().update(
    mail_settings(
        env.str("EMAIL_URL", default=""),
        folder=VAR_DIR / "mail",
        webhook_secret=env.str("PORTAL_WEBHOOK_SECRET", default=""),
    )
)
# The name that the mail server signs with (DKIM), for check_mail_domain.
DKIM_SELECTOR = env.str("DKIM_SELECTOR", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portail@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# A message that somebody waits for (a sign-in code) is tried on a thread, beside the request
# that wrote it; without this, by the worker's next round only.
PORTAL_MAIL_AT_ONCE = True
# Who keeps the machine going: written to, with the coordination, when something stands still.
PORTAL_HOST_EMAIL = env.str("PORTAL_HOST_EMAIL", default="")
# At the end of requests, now and then, in case the jobs are what stopped.
PORTAL_WATCH_FROM_WEB = True
# The letter leaves at this pace at most, evenly; what the mail host allows. 0: no limit.
PORTAL_MAIL_PER_SECOND = env.float("PORTAL_MAIL_PER_SECOND", default=10)
# A message whose sender was killed may have left: « send » again, or « stop » there.
PORTAL_MAIL_IF_UNCERTAIN = env.str("PORTAL_MAIL_IF_UNCERTAIN", default="send")
# Where messages that fail come back, a mailbox that the portal reads; empty: to who signs.
PORTAL_BOUNCE_ADDRESS = env.str("PORTAL_BOUNCE_ADDRESS", default="")
# That mailbox, with its account: imaps://compte:motdepasse@imap.example.org/INBOX
PORTAL_BOUNCE_MAILBOX = mailbox_settings(env.str("PORTAL_BOUNCE_URL", default=""))

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", _("Français")),
    ("fr-simple", _("Facile à lire")),
    ("en", _("Anglais")),
    ("ar", _("Arabe")),
]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
# The hours that people read and type are those of the place.
TIME_ZONE = time_zone_of(PORTAL_DEPARTEMENT)
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers
# A name with a hash never changes; read in the name, not asked of the storage at each start.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
# A web server does it better; without one, the portal can (see portal.files.media).
PORTAL_SERVES_MEDIA = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.files.static_storage.PortalStaticFilesStorage"},
}
# The web server reads them under an account of its own, whatever the umask of ours.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

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

WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_SITE_NAME = "Portail PTSM"
# As its date fields show them; what else they read: portal.base.date_inputs.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# One door only: the sign-in page, its limits and its second factors.
# Who approves what two people must read needs no right to publish it.
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.review.approval.publish_approved"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "editor_door"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES_DEFAULT = "fr"
WAGTAILIMAGES_IMAGE_MODEL = "images.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.images.forms.DecodedImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024**2
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.files.documents.CheckedDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    },
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Empty: the embedded engine, in the database above. A URL: Elasticsearch 8 or OpenSearch 2.
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_INDEX = env.str("SEARCH_INDEX", default="ptsm")
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "portal.base.log_formatters.MaskingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # One line a saved page, or a request to the search server, would drown the rest.
    "loggers": {
        # Django's own handlers: one prints lines as they are, the other mails whole requests.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
    },
}
