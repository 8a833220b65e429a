"""The block of the accessibility declaration: the audit, and what was checked without one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.accessibility.criteria import CriterionState, count_by_state, criteria_themes
from home.accessibility.criteria import read_criteria as all_criteria

FULL = 100
#: Below this share of criteria met, the law has a declaration say « non conforme ».
PARTIAL = 50


class AccessibilityBlock(blocks.StructBlock):
    """All of the audit, or none of it: without one, the page says that there is none."""

    audited_on = blocks.DateBlock(required=False, label=_("Jour de l’audit"))
    audited_by = blocks.CharBlock(
        required=False, max_length=160, label=_("Qui l’a fait"), help_text=_("Le cabinet.")
    )
    rate = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=FULL,
        label=_("Part des critères respectés, sur 100"),
        help_text=_(
            "Le résultat écrit dans le rapport d’audit. Sans audit, laissez les trois champs "
            "vides : la page dit qu’aucun audit n’a été fait."
        ),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("État de l’accessibilité")
        template = "blocks/home/accessibility.html"
        description = _(
            "L’audit s’il y en a un, la grille des 106 critères et ce qui reste à voir."
        )
        preview_value = {"audited_on": None, "audited_by": "", "rate": None}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        given = [
            bool(cleaned["audited_on"]), bool(cleaned["audited_by"]), cleaned["rate"] is not None
        ]  # fmt: skip
        if any(given) and not all(given):
            message = _("Donnez le jour, qui a fait l’audit et son résultat : les trois, ou rien.")
            raise StructBlockValidationError({"rate": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {
            "is_audited": value.get("audited_on") is not None,
            "conformity": self.conformity(value.get("rate")),
            "number": len(all_criteria()),
            "counts": count_by_state(),
            "themes": criteria_themes(),
            "failing": [one for one in all_criteria() if one.state == CriterionState.FAILING],
        }

    def conformity(self, rate: int | None) -> str:
        """« totale », « partielle » or « non »: the three words of the French declaration."""
        if rate is None or rate < PARTIAL:
            return "non"
        return "totale" if rate == FULL else "partielle"


ACCESSIBILITY_BLOCKS = [("accessibility", AccessibilityBlock())]
