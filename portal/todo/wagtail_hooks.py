"""The list in place of Wagtail's dashboard, and its addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.todo.panel import TodoPanel
from portal.todo.views import PostponeView, TakeBackView, TodoMailView

#: Wagtail's panels that the list replaces: counters, news of Wagtail, what waits for a reader.
REPLACED = frozenset(
    (
        "site_summary",
        "whats_new_in_wagtail_version",
        "workflow_objects_to_moderate",
        "user_objects_in_workflow_moderation",
    )
)


@hooks.register("construct_homepage_panels", order=1000)
def put_list_first(request: HttpRequest, panels: list[Component]) -> None:
    """Below what stands still, above the pages that this person wrote last."""
    panels[:] = [one for one in panels if getattr(one, "name", "") not in REPLACED]
    panels.append(TodoPanel())


@hooks.register("register_admin_urls")
def todo_urls() -> list[URLPattern]:
    return [
        path("a-faire/plus-tard/", PostponeView.as_view(), name="todo_postpone"),
        path("a-faire/reprendre/", TakeBackView.as_view(), name="todo_take_back"),
        path("a-faire/messages/", TodoMailView.as_view(), name="todo_mail"),
    ]
