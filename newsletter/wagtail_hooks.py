from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from newsletter.admin.menu import LetterGroup
from newsletter.composing_view import ComposeView
from newsletter.models import LetterIndexPage


@hooks.register("register_admin_urls")
def letter_addresses() -> list[URLPattern]:
    return [path("lettre/composer/", ComposeView.as_view(), name="letter_compose")]


@hooks.register("register_admin_viewset")
def the_letter() -> ViewSetGroup:
    return LetterGroup()


@hooks.register("register_page_header_buttons")
def compose_from_what_changed(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """On the letter: begin the next issue from what changed since the last one."""
    is_letter = page.cached_content_type.model_class() is LetterIndexPage
    if is_letter and page.permissions_for_user(user).can_add_subpage():
        words = _("Composer depuis ce qui a changé")
        yield Button(words, url=reverse("letter_compose"), icon_name="mail", priority=5)
