"""System checks that stop an unsafe start in public.

Each message names the variable and says what to write in it.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.translation import gettext as _

SHORTEST_SECRET = 50
SHORTEST_WEBHOOK_PASSWORD = 16
WEB_SERVERS = ("nginx", "hebergeur")
# Below, two processes that write at once can, rarely, damage the file.
SAFE_SQLITE = (3, 51, 3)


@register("production")
def check_production_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Errors of settings that are unsafe in public; none outside production."""
    if not getattr(settings, "PORTAL_IS_PRODUCTION", False):
        return []
    return [
        *_debug(),
        *_secret(),
        *_hosts(),
        *_address(),
        *_mail(),
        *_mail_secrets(),
        *_metrics_token(),
        *_web_server(),
    ]


def _debug() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error(
            _("DEBUG est allumé : une erreur montrerait le code et les réglages à tout le monde."),
            hint=_("Retirez DEBUG de l’environnement."),
            id="portal.E101",
        )


def _secret() -> Iterator[CheckMessage]:
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # What Django answers for an empty one.
        secret = ""
    problem = _weakness("SECRET_KEY", secret) if secret else _("SECRET_KEY manque.")
    if problem:
        yield Error(problem, hint=_how_to_make_a_secret(), id="portal.E102")


def _weakness(name: str, secret: str) -> str:
    """Why a secret is weak, in French; empty when it is not."""
    if secret.startswith(("django-insecure-", "changez-moi")):
        return _("{name} est un exemple, que tout le monde connaît.").format(name=name)
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        return _("{name} est trop courte ou trop simple : elle se devine.").format(name=name)
    return ""


def _how_to_make_a_secret() -> str:
    return _(
        "Faites-en une avec : python3 -c "
        "'import secrets; print(secrets.token_urlsafe(50))' (et gardez-la secrète)."
    )


def _hosts() -> Iterator[CheckMessage]:
    if not settings.ALLOWED_HOSTS:
        problem = _("ALLOWED_HOSTS manque.")
    elif any("*" in host for host in settings.ALLOWED_HOSTS):
        problem = _("ALLOWED_HOSTS contient « * » : n’importe quel nom serait accepté.")
    else:
        return
    yield Error(
        problem,
        hint=_("Écrivez le nom du site, par exemple : ALLOWED_HOSTS=sante-mentale.example.org"),
        id="portal.E103",
    )


def _address() -> Iterator[CheckMessage]:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    hint = _("Écrivez l’adresse du site : PORTAL_BASE_URL=https://sante-mentale.example.org")
    if not settings.WAGTAILADMIN_BASE_URL:
        yield Error(_("PORTAL_BASE_URL manque."), hint=hint, id="portal.E104")
    elif address.scheme != "https" or not address.hostname:
        yield Error(_("PORTAL_BASE_URL ne commence pas par https://."), hint=hint, id="portal.E104")
    elif address.path or address.query:
        yield Error(
            _("PORTAL_BASE_URL contient autre chose que le nom du site."),
            hint=hint,
            id="portal.E104",
        )
    elif not _is_allowed(address.hostname):
        yield Error(
            _("Le nom qui est dans PORTAL_BASE_URL n’est pas dans ALLOWED_HOSTS."),
            hint=_("Ajoutez-le à ALLOWED_HOSTS, séparé des autres par une virgule."),
            id="portal.E105",
        )


def _is_allowed(host: str) -> bool:
    # A wrong list is already refused: only a right one is asked.
    return any(_hosts()) or validate_host(host, settings.ALLOWED_HOSTS)


def _mail() -> Iterator[CheckMessage]:
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        yield Error(
            _("DEFAULT_FROM_EMAIL manque : les messages partiraient sans expéditeur."),
            hint=_("Écrivez l’adresse générique : DEFAULT_FROM_EMAIL=contact@example.org"),
            id="portal.E106",
        )
    if "smtp" not in settings.EMAIL_BACKEND and "anymail" not in settings.EMAIL_BACKEND:
        yield Error(
            _("EMAIL_URL manque : aucun message ne partirait."),
            hint=_("Par exemple : EMAIL_URL=smtp+tls://compte:motdepasse@smtp.example.org:587"),
            id="portal.E107",
        )


def _mail_secrets() -> Iterator[CheckMessage]:
    hash_key = settings.PORTAL_HASH_KEY
    if hash_key and (problem := _weakness("PORTAL_HASH_KEY", hash_key)):
        yield Error(problem, hint=_how_to_make_a_secret(), id="portal.E108")
    webhook = settings.ANYMAIL.get("WEBHOOK_SECRET", "")
    account, _colon, password = webhook.partition(":")
    if webhook and (not account or len(password) < SHORTEST_WEBHOOK_PASSWORD):
        yield Error(
            _("PORTAL_WEBHOOK_SECRET n’a pas la forme compte:motdepasse, ou se devine."),
            hint=_("Son mot de passe a au moins {length} lettres et chiffres.").format(
                length=SHORTEST_WEBHOOK_PASSWORD
            ),
            id="portal.E109",
        )


def _metrics_token() -> Iterator[CheckMessage]:
    token = settings.PORTAL_METRICS_TOKEN
    if token and (problem := _weakness("PORTAL_METRICS_TOKEN", token)):
        yield Error(problem, hint=_how_to_make_a_secret(), id="portal.E111")


def _web_server() -> Iterator[CheckMessage]:
    # The portal has few threads. Each would wait for one visitor who sends half a form and
    # stops there; nginx and the routers of hosting platforms wait in its place.
    if getattr(settings, "PORTAL_WEB_SERVER", "") not in WEB_SERVERS:
        yield Error(
            _("PORTAL_WEB_SERVER ne dit pas quel serveur web est devant le portail."),
            hint=_(
                "Écrivez PORTAL_WEB_SERVER=nginx avec le nginx de portal/deploy, ou "
                "PORTAL_WEB_SERVER=hebergeur si le routeur de l’hébergeur lit chaque requête en "
                "entier. Sans l’un d’eux, quelques envois à moitié faits arrêteraient le portail."
            ),
            id="portal.E110",
        )


@register("production", deploy=True)
def check_mail_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Warnings about what weakens the letter without making it unsafe."""
    if not getattr(settings, "PORTAL_IS_PRODUCTION", False):
        return []
    return [*_no_hash_key(), *_unheard_bounces()]


def _no_hash_key() -> Iterator[CheckMessage]:
    if not settings.PORTAL_HASH_KEY:
        yield Warning(
            _(
                "PORTAL_HASH_KEY manque : changer SECRET_KEY ferait oublier qui a demandé à ne "
                "plus recevoir de message."
            ),
            hint=_how_to_make_a_secret(),
            id="portal.W102",
        )


def _unheard_bounces() -> Iterator[CheckMessage]:
    """Warn when a service's API is used without its webhook, which alone reports bounces."""
    is_asked_instead = "anymail.backends.scaleway" in settings.EMAIL_BACKEND
    if "anymail" not in settings.EMAIL_BACKEND or is_asked_instead:
        return
    if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        yield Warning(
            _("PORTAL_WEBHOOK_SECRET manque : le portail ne saura pas quels messages reviennent."),
            hint=_("Voyez « Savoir ce qui revient » dans portal/docs/mail.md."),
            id="portal.W103",
        )


@register("production", deploy=True)
def check_sqlite_version(**_kwargs: Any) -> list[CheckMessage]:
    """Warn about versions of SQLite that may corrupt a file with two writers."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not on_sqlite or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Warning(
            _(
                "SQLite {version} peut abîmer le fichier quand le site et ses tâches de fond "
                "écrivent en même temps."
            ).format(version=sqlite3.sqlite_version),
            hint=_("Passez à PostgreSQL (DATABASE_URL), ou à SQLite 3.51.3."),
            id="portal.W101",
        )
    ]
