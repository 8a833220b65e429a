"""What the editor's screen of an issue says of its message."""

from typing import Any

from wagtail.admin.panels import Panel


class WeightPanel(Panel):
    """How heavy the message is as it was last saved, and what to do when it is too heavy."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/admin/weight_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk and self.instance.body)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # Which knows the model that this panel belongs to.
            from newsletter.mail.issue import TOO_HEAVY, render_issue, size_of, why_too_heavy

            rendered = render_issue(self.instance)
            return {
                **super().get_context_data(parent_context),
                "weight": -(-size_of(rendered) // 1000),
                "limit": TOO_HEAVY // 1000,
                "problem": why_too_heavy(rendered),
            }
