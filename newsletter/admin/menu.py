"""« La lettre », in the editor's menu, for whoever may see a part of it."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.base import ViewSetGroup

from newsletter.admin.digest_views import ComposeViewSet
from newsletter.admin.mail_domain_views import MailDomainViewSet
from newsletter.admin.mailing_views import MailingViewSet
from newsletter.admin.statistics import StatisticsViewSet
from newsletter.admin.subscriber_viewset import SubscriberViewSet
from newsletter.admin.viewsets import ConsentTextViewSet, TopicViewSet
from portal.editor.menu import JobGroupMixin


class LetterGroup(JobGroupMixin, ViewSetGroup):
    menu_label = _("La lettre")
    menu_name = "lettre"
    menu_icon = "mail"
    menu_order = 50
    register_hook_name = "register_letter_menu_item"
    items = (
        ComposeViewSet,
        SubscriberViewSet,
        MailingViewSet,
        StatisticsViewSet,
        TopicViewSet,
        ConsentTextViewSet,
        MailDomainViewSet,
    )
