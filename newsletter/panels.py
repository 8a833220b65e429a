"""What the editor's screen shows of the message that an issue is.

Templates ask ``letter_tags`` for it: messages know the issue, the issue does not know messages.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wagtail.admin.panels import Panel

from csp.constants import SELF, UNSAFE_INLINE

# Styles of a message stand in its tags. The editor alone sees them, in a frame of the portal.
_CSP = {"style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"], "script-src": [SELF]}


class WeightPanel(Panel):
    """How heavy the message is as it was last saved, and what to do when it is too heavy."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/admin/weight_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk and self.instance.body)


def preview_message(request: HttpRequest, issue: Any, *, as_text: bool = False) -> HttpResponse:
    """The HTML or the text part of an issue's message, from what is being written."""
    context = {"issue": issue, "as_text": as_text}
    response = render(request, "newsletter/admin/message_preview.html", context)
    response._csp_replace = _CSP  # type: ignore[attr-defined]
    return response
