"""« La lettre », in the editor's menu, for whoever may see a part of it."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.base import ViewSetGroup

from newsletter.admin.digest_views import ComposeViewSet
from newsletter.admin.mail_domain_views import MailDomainViewSet
from newsletter.admin.mailing_views import MailingViewSet
from newsletter.admin.statistics import StatisticsViewSet
from newsletter.admin.subscriber_viewset import SubscriberViewSet
from newsletter.admin.viewsets import ConsentTextViewSet, TopicViewSet


class LetterGroup(ViewSetGroup):
    menu_label = _("La lettre")
    menu_name = "lettre"
    menu_icon = "mail"
    menu_order = 260
    items = (
        ComposeViewSet,
        SubscriberViewSet,
        MailingViewSet,
        StatisticsViewSet,
        TopicViewSet,
        ConsentTextViewSet,
        MailDomainViewSet,
    )
