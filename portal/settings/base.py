"""Settings shared by every environment: applications, languages, logs; other subjects in modules.

What differs from one machine to the next is read from the environment; what an
environment must refuse is refused in ``production``.
"""

from django.utils.translation import gettext_lazy as _

from .accounts import *
from .databases import *
from .environment import *
from .environment import BASE_DIR
from .files import *
from .mail import *
from .portal_options import *
from .portal_options import PORTAL_DEPARTEMENT
from .rate_limits import RATE_LIMITS as RATE_LIMITS
from .site_isolation import *
from .time_zones import time_zone_of
from .wagtail_options import *

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "home",
    "home.governance",
    "home.network",
    "home.setup",
    "actions",
    "actions.board",
    "actions.commitments",
    "actions.imports",
    "actions.open_data",
    "actions.pilots",
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
    "portal.editor",
    "portal.glossary",
    "portal.history",
    "portal.imports",
    "portal.jobs",
    "portal.mail",
    "portal.pdf",
    "portal.privacy",
    "portal.review",
    "portal.security",
    "portal.sign_in",
    "portal.team",
    "portal.todo",
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
    "portal.editor.middleware.RefusedPublicationMiddleware",
    "portal.base.middleware.DiskRefusalMiddleware",
    "portal.editor.middleware.IncompleteFormMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "portal.base.templatetags.component_tags",
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
        "elastic_transport": {"level": "ERROR"},
    },
}
