"""The panel of error reports and proposals on the home page of the editor."""

from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.ui.components import Component

from resources.corrections.dashboard import CorrectionsPanel, can_answer


@hooks.register("construct_homepage_panels")
def add_corrections_panel(request: HttpRequest, panels: list[Component]) -> None:
    if can_answer(request):
        panels.append(CorrectionsPanel())
