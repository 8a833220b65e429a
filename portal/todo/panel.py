"""The list on the editor's home page."""

from typing import Any

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.admin.ui.components import Component

from portal.text.date_format import format_date
from portal.todo.forms import postponement_days
from portal.todo.listing import TodoList, get_todo_list
from portal.todo.registry import Subject, write_links
from portal.todo.wording import say_day, say_number


class TodoPanel(Component):
    """The day, how much waits, the list, what was put off, and « Écrire »."""

    name = "todo"
    template_name = "todo/panel.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        found = get_todo_list(request.user)
        today = timezone.localdate()
        asked = request.GET.get("sujet", "")
        subject = asked if asked in Subject.values else ""
        back = f"{request.path}?{urlencode({'sujet': subject})}" if subject else request.path
        return {
            "request": request,
            "csrf_token": parent_context["csrf_token"],
            "today": format_date(today, "l j F").capitalize(),
            "hello": _hello(request.user),
            "waits": how_many_wait(len(found.lines)),
            "parts": found.parts(subject),
            "subjects": found.subjects(),
            "total": len(found.lines),
            "subject": subject,
            "back": back,
            "later": found.later,
            "comes_back": _comes_back(found),
            "days": postponement_days(today),
            "tomorrow": postponement_days(today)[0][1],
            "write_links": write_links(request.user),
        }


def _hello(user: Any) -> str:
    name = user.first_name.strip()
    return _("Bonjour %(name)s.") % {"name": name} if name else _("Bonjour.")


def how_many_wait(count: int) -> str:
    """« Douze choses vous attendent. »; empty when nothing does."""
    if not count:
        return ""
    words = ngettext(
        "%(number)s chose vous attend.", "%(number)s choses vous attendent.", count
    ) % {"number": say_number(count)}
    return words[:1].upper() + words[1:]


def _comes_back(found: TodoList) -> str:
    """The first thing that comes back, for who has nothing left to do."""
    if not found.later or found.later[0].until is None:
        return ""
    first = found.later[0]
    day = say_day(first.until, timezone.localdate())  # type: ignore[arg-type]
    words = _("La prochaine chose revient %(day)s : %(title)s.")
    return words % {"day": day, "title": first.item.title}
