"""The addresses of the first hour, and the ways to it while the portal is not open."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.setup.directory_views import DirectoryView, FinessProgressView
from home.setup.mail_views import MailReceivedView, MailView
from home.setup.opening_views import OpeningView
from home.setup.step_views import (
    IdentityView,
    LegalView,
    PeopleView,
    ProjectView,
    TerritoriesView,
)
from home.setup.steps import is_preparing
from home.setup.views import PERMISSION, setup_urls
from portal.sign_in.adapters import open_after_sign_in

URLS = [
    path("annuaire/avancement/", FinessProgressView.as_view(), name="finess_progress"),
    path("courrier/recu/<str:code>/", MailReceivedView.as_view(), name="mail_received"),
    *setup_urls(
        IdentityView,
        TerritoriesView,
        DirectoryView,
        ProjectView,
        LegalView,
        MailView,
        PeopleView,
        OpeningView,
    ),
]


def _first_screen(user: Any) -> str:
    """Where whoever sets up the portal goes after signing in, while it is not open."""
    return reverse("setup:start") if user.has_perm(PERMISSION) and is_preparing() else ""


open_after_sign_in(_first_screen)


@hooks.register("register_admin_urls")
def setup_admin_urls() -> list[URLResolver]:
    return [path("premiere-heure/", include((URLS, "setup"), namespace="setup"))]


class SetupMenuItem(MenuItem):
    """In « Réglages »: shown to who sets the portal up, after the opening too."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_settings_menu_item")
def setup_menu_item() -> MenuItem:
    words = _("Votre portail en une heure")
    return SetupMenuItem(words, reverse("setup:start"), icon_name="clipboard-list", order=1)
