"""Block of the members of a body of the governance."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from home.choices import MemberKind


class MemberGroupValue(blocks.StructValue):
    @property
    def kind_label(self) -> str:
        return str(MemberKind(self["kind"]).label) if self.get("kind") else ""


class MemberGroupBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=MemberKind.choices, label=_("Qui"))
    detail = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Précision"),
        help_text=_("Des structures ou des rôles, jamais des noms de personnes."),
    )

    seats = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=500,
        label=_("Places"),
        help_text=_("Dites-les pour tous les membres : la part des personnes concernées paraît."),
    )

    class Meta:
        icon = "group"
        label = _("Membres")
        template = "blocks/home/members.html"
        description = _("Une catégorie de membres et, si c’est utile, lesquels.")
        value_class = MemberGroupValue
        preview_value = {"kind": "personnes", "detail": "Trois représentants des usagers"}


MEMBER_BLOCKS = [("members", MemberGroupBlock())]
