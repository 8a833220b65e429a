"""« La lettre », in the editor's menu, for whoever may see a part of it."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.base import ViewSetGroup

from newsletter.admin.choices import ConsentTextViewSet, TopicViewSet
from newsletter.admin.composing import ComposeViewSet
from newsletter.admin.domain import DomainViewSet
from newsletter.admin.figures import FiguresViewSet
from newsletter.admin.mailings import MailingViewSet
from newsletter.admin.subscribers import SubscriberViewSet


class LetterGroup(ViewSetGroup):
    menu_label = _("La lettre")
    menu_name = "lettre"
    menu_icon = "mail"
    menu_order = 260
    items = (
        ComposeViewSet,
        SubscriberViewSet,
        MailingViewSet,
        FiguresViewSet,
        TopicViewSet,
        ConsentTextViewSet,
        DomainViewSet,
    )
