"""The editor's lists of issues, news and events."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.pages import PageListingViewSet

from newsletter.models import EventPage, IssuePage, NewsPage


class IssueListingViewSet(PageListingViewSet):
    model = IssuePage
    icon = "list-ul"
    menu_label = _("Numéros")
    menu_hook = "register_letter_menu_item"
    menu_order = 15


class NewsListingViewSet(PageListingViewSet):
    model = NewsPage
    icon = "doc-full"
    menu_label = _("Actualités")
    menu_hook = "register_news_menu_item"
    menu_order = 10


class EventListingViewSet(PageListingViewSet):
    model = EventPage
    icon = "calendar"
    menu_label = _("Événements")
    menu_hook = "register_news_menu_item"
    menu_order = 20
