from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from newsletter.admin.menu import LetterGroup
from newsletter.admin.page_viewsets import (
    EventListingViewSet,
    IssueListingViewSet,
    NewsListingViewSet,
)
from newsletter.admin.returns_report import LetterReturnsView
from newsletter.models import IssuePage, Mailing
from newsletter.subscription.models import LetterIndexPage
from portal.base.admin_menu import report_urls, view_menu_item


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSetGroup | ViewSet]:
    listings = [
        IssueListingViewSet("letter_issues", url_prefix="lettre/numeros"),
        NewsListingViewSet("news_listing", url_prefix="actualites"),
        EventListingViewSet("event_listing", url_prefix="evenements"),
    ]
    return [LetterGroup(), *listings]


@hooks.register("register_letter_menu_item")
def letter_returns_menu_item() -> MenuItem:
    return view_menu_item(LetterReturnsView, order=35)


@hooks.register("register_admin_urls")
def letter_returns_urls() -> list[URLPattern]:
    return report_urls("reports/retours-de-la-lettre/", LetterReturnsView)


@hooks.register("register_page_header_buttons")
def compose_from_what_changed(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """On the letter: begin the next issue from what changed since the last one."""
    is_letter = page.cached_content_type.model_class() is LetterIndexPage
    if is_letter and page.permissions_for_user(user).can_add_subpage():
        words = _("Composer depuis ce qui a changé")
        yield Button(words, url=reverse("letter_compose:index"), icon_name="mail", priority=5)


@hooks.register("register_page_header_buttons")
def send_from_the_editor(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _send_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def send_from_the_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """No query for each line: the screen itself says when the letter was sent already."""
    if page.live:
        yield from _send_button(page, user)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_from_publishing_to_sending(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A letter that has just been published, and was never sent, opens the screen that sends it."""
    is_published = isinstance(page, IssuePage) and page.live and "action-publish" in request.POST
    if not is_published or not request.user.has_perm("newsletter.add_mailing"):
        return None
    if Mailing.objects.filter(issue=page).exists() or page.locale != Locale.get_default():
        return None
    return redirect("letter_mailings:send", page.pk)


def _send_button(page: Page, user: Any) -> Iterator[Button]:
    is_issue = page.cached_content_type.model_class() is IssuePage
    if is_issue and page.pk and user.has_perm("newsletter.add_mailing"):
        url = reverse("letter_mailings:send", args=[page.pk])
        yield Button(_("Envoyer la lettre"), url=url, icon_name="mail", priority=5)
