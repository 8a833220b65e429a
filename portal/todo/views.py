"""Putting off what is in the list, taking it back, and choosing one's messages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.todo.forms import PostponementForm, TodoMailForm
from portal.todo.listing import get_todo_list
from portal.todo.models import Postponement, TodoMailPreference
from portal.todo.wording import say_day


def back_to_list(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


class PostponeView(View):
    """POST: one item of one's own list waits until a day."""

    def post(self, request: HttpRequest) -> HttpResponse:
        item = get_todo_list(request.user).find(request.POST.get("key", ""))
        if item is None:
            messages.info(request, _("Cette chose n’est plus dans votre liste."))
            return back_to_list(request)
        form = PostponementForm(request.POST, item=item)
        if not form.is_valid():
            messages.error(
                request, f"« {item.title} » : {' '.join(map(str, form.errors['until']))}"
            )
            return back_to_list(request)
        until = form.cleaned_data["until"]
        Postponement.objects.update_or_create(
            user=request.user, key=item.key, defaults={"until": until}
        )
        words = _("« %(title)s » revient %(day)s.") % {
            "title": item.title,
            "day": say_day(until, timezone.localdate()),
        }
        messages.success(request, words)
        return back_to_list(request)


class TakeBackView(View):
    """POST: what was put off is in the list again."""

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        Postponement.objects.filter(user=user, key=request.POST.get("key", "")).delete()
        return back_to_list(request)


class TodoMailView(WagtailAdminTemplateMixin, FormView):
    """« Vos messages »: the digest of each Monday, and what arrives."""

    form_class = TodoMailForm
    template_name = "todo/mail_preference.html"
    page_title = gettext_lazy("Vos messages")
    header_icon = "mail"
    _show_breadcrumbs = True

    @cached_property
    def preference(self) -> TodoMailPreference:
        user: Any = self.request.user
        found = TodoMailPreference.objects.filter(user=user).first()
        return found or TodoMailPreference(user=user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.preference}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: TodoMailForm) -> HttpResponse:
        form.save()
        messages.success(self.request, _("C’est enregistré."))
        return redirect("wagtailadmin_home")
