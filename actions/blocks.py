"""Blocks of an action sheet."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

OBJECTIVE_BLOCKS = [
    (
        "objective",
        blocks.CharBlock(
            max_length=250,
            label=_("Objectif"),
            icon="check",
            description=_("Un objectif, en une phrase."),
            preview_value="Qu’une personne qui va mal trouve à qui parler près de chez elle.",
            template="blocks/objective.html",
        ),
    )
]
