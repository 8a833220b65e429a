"""Log entries of referents in the editor, and the counting of page views."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Page

from resources.models import ResourcePage
from resources.view_counter import count_view


# After the restrictions of a page: who is not let in does not read.
@hooks.register("before_serve_page", order=100)
def count_readings(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    if isinstance(page, ResourcePage):
        count_view(request, page)


@hooks.register("register_log_actions")
def referent_log_actions(actions: Any) -> None:
    for name, label, sentence in (
        ("resources.invite", _("Inviter"), _("Invitation envoyée")),
        ("resources.accept", _("Accepter"), _("Invitation acceptée")),
        ("resources.leave", _("Partir"), _("N’est plus référent")),
    ):
        actions.register_action(name, label, sentence)
