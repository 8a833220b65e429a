from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from portal.base.fields import StreamField
from portal.base.models.page import BasePage
from portal.blocks import BODY_BLOCKS


class IndexPage(BasePage):
    """Abstract page above a list that fills itself: what is said before the list.

    A child that tells the editor more about it gives its panel a ``help_text``.
    """

    body = StreamField(BODY_BLOCKS, verbose_name=_("présentation"), blank=True)

    class Meta:
        abstract = True

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        TranslatableField("body"),
    ]
