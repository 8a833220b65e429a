"""Links: one block to point to a page of the portal or to another site."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.models import Page


class LinkValue(blocks.StructValue):
    @cached_property
    def _page(self) -> Page | None:
        """The chosen page in the reader's language; asks nothing on a French page."""
        page = self.get("page")
        if page is None or get_language() == settings.LANGUAGE_CODE:
            return page
        return page.localized

    @cached_property
    def url(self) -> str:
        return (self._page.url if self._page else self.get("address")) or ""

    @property
    def text(self) -> str:
        return self.get("label") or (self._page.title if self._page else self.url)


class LinkBlock(blocks.StructBlock):
    """A page of the portal or an address, never both, with its words."""

    label = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Texte du lien"),
        help_text=_("Vide : le titre de la page. Dites où mène le lien, jamais « cliquez ici »."),
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page du portail"))
    address = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Ou une adresse"),
        help_text=_("Qui commence par https://, tel:, mailto: ou /"),
    )

    class Meta:
        icon = "link"
        label = _("Lien")
        value_class = LinkValue
        template = "blocks/link.html"
        description = _("Un lien vers une page du portail ou vers un autre site.")
        preview_value = {"label": "L’annuaire des ressources", "address": "/annuaire/"}

    def clean(self, value: LinkValue) -> LinkValue:
        value = super().clean(value)
        page, address = value.get("page"), value.get("address")
        if bool(page) == bool(address):
            message = _("Choisissez une page du portail, ou écrivez une adresse : l’une des deux.")
            raise blocks.StructBlockValidationError({"page": ValidationError(message)})
        if address:
            if not address.startswith(("https://", "http://", "tel:", "mailto:", "sms:", "/", "#")):
                message = _("Cette adresse doit commencer par https://, tel:, mailto: ou /.")
                raise blocks.StructBlockValidationError({"address": ValidationError(message)})
            if not value.get("label"):
                message = _("Écrivez le texte du lien.")
                raise blocks.StructBlockValidationError({"label": ValidationError(message)})
        return value


class FooterColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60, label=_("Titre"))
    links = blocks.ListBlock(LinkBlock(), label=_("Liens"))

    class Meta:
        icon = "list-ul"
        label = _("Colonne de liens")
        template = "blocks/footer_column.html"
        description = _("Une colonne du pied de page.")
        preview_value = {
            "title": "Trouver de l’aide",
            "links": [{"label": "L’annuaire des ressources", "address": "/annuaire/"}],
        }


FOOTER_BLOCKS = [("column", FooterColumnBlock())]
