"""« Mise à jour rapide »: state, steps and a sentence of an action, without its whole form."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from actions.choices import NEEDS_REASON, ActionStatus
from actions.models import ActionPage
from actions.models.action_inlines import ActionNote
from actions.record_progress import record_progress


class QuickUpdateForm(forms.Form):
    """What a pilot says in one minute; one date field a step."""

    status = forms.ChoiceField(
        label=_("État"), choices=ActionStatus.choices, widget=forms.RadioSelect
    )
    status_reason = forms.CharField(
        label=_("Raison publique"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Demandée quand l’action est en pause ou abandonnée : le public la lit."),
    )
    note = forms.CharField(
        label=_("Une phrase sur ce qui s’est passé"),
        required=False,
        max_length=ActionNote._meta.get_field("title").max_length,
        help_text=_("Elle entre dans le journal de l’action, à la date d’aujourd’hui."),
    )
    is_public = forms.BooleanField(
        label=_("Le public peut lire cette phrase"), required=False, initial=True
    )

    def __init__(self, *args: Any, action: ActionPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(action.steps.all())
        for number, step in enumerate(self.steps):
            self.fields[f"step_{number}"] = forms.DateField(
                label=gettext("« %(step)s », faite le") % {"step": step.label},
                required=False,
                initial=step.done_on,
                widget=AdminDateInput(),
                help_text=gettext("Prévue : %(when)s. Vide tant qu’elle n’est pas faite.")
                % {"when": step.when}
                if step.when and not step.done_on
                else "",
            )
        names = [name for name in self.fields if name.startswith("step_")]
        self.order_fields(["status", "status_reason", *names, "note", "is_public"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("status") in NEEDS_REASON and not data.get("status_reason", "").strip():
            words = _("Dites pourquoi l’action est en pause ou abandonnée : le public le lira.")
            self.add_error("status_reason", words)
        for number in range(len(self.steps)):
            day = data.get(f"step_{number}")
            if day and day > timezone.localdate():
                self.add_error(f"step_{number}", _("Cette date est à venir."))
        return data

    def write(self, action: ActionPage) -> None:
        """Put what was typed into ``action``, in memory."""
        data = self.cleaned_data
        steps = list(action.steps.all())
        record_progress(
            action,
            status=data["status"],
            status_reason=data["status_reason"],
            steps={step.translation_key: data[f"step_{n}"] for n, step in enumerate(steps)},
            sentence=data["note"],
            is_public=data["is_public"],
        )


class EditableActionMixin:
    """An action of the source language that the person of the request may change now."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions = ActionPage.objects.filter(locale=Locale.get_default())
        self.page = get_object_or_404(actions, pk=kwargs["pk"])
        self.rights = self.page.permissions_for_user(request.user)
        if not self.rights.can_edit() or self.rights.page_locked():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class StillRunningView(EditableActionMixin, View):
    """POST: « toujours en cours », a note of today that the public does not read."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.page.has_unpublished_changes or not self.rights.can_publish():
            words = gettext("Un brouillon attend : dites-le dans la mise à jour rapide.")
            messages.warning(request, words)
            return HttpResponseRedirect(reverse("action_listing:update", args=[pk]))
        action = self.page.get_latest_revision_as_object()
        action.notes.add(ActionNote(title=gettext("Toujours en cours"), locale=action.locale))
        action.save_revision(user=request.user, log_action=True).publish(user=request.user)
        words = gettext("« %(title)s » : toujours en cours, noté aujourd’hui.")
        messages.success(request, words % {"title": action.get_admin_display_title()})
        back = get_valid_next_url_from_request(request) or reverse("action_listing:index")
        return HttpResponseRedirect(back)


class QuickUpdateView(EditableActionMixin, WagtailAdminTemplateMixin, FormView):
    """Begins with the latest version of the action, draft included; publishes, or keeps a draft."""

    form_class = QuickUpdateForm
    template_name = "actions/admin/quick_update.html"
    page_title = _("Mise à jour rapide")
    header_icon = "edit"
    index_url_name = ""

    @cached_property
    def action(self) -> ActionPage:
        action: ActionPage = self.page.get_latest_revision_as_object()
        return action

    def get_page_subtitle(self) -> str:
        return str(self.action.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(self.index_url_name), "label": _("Actions")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_subtitle()}]

    def get_initial(self) -> dict[str, Any]:
        return {"status": self.action.status, "status_reason": self.action.status_reason}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"action": self.action}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        last = max(self.action.notes.all(), key=lambda note: note.date, default=None)
        return context | {
            "action": self.action,
            "media": context["form"].media,
            "last_note": last,
            "can_publish": self.rights.can_publish(),
            "has_draft": self.page.live and self.page.has_unpublished_changes,
        }

    def form_valid(self, form: QuickUpdateForm) -> HttpResponse:
        form.write(self.action)
        try:
            self.action.full_clean()
        except ValidationError as error:
            for words in error.messages:
                form.add_error(None, words)
            return self.form_invalid(form)
        revision = self.action.save_revision(user=self.request.user, log_action=True, clean=False)
        title = self.get_page_subtitle()
        publishes = "draft" not in self.request.POST and self.rights.can_publish()
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[self.page.pk]), _("Ouvrir"))
        if not publishes:
            words = gettext("« %(title)s » : brouillon gardé.") % {"title": title}
            messages.success(self.request, words, buttons=[edit])
            return HttpResponseRedirect(self._where_next())
        for hook in hooks.get_hooks("before_publish_page"):
            answer = hook(self.request, self.action)
            if hasattr(answer, "status_code"):
                return answer  # type: ignore[no-any-return]
        revision.publish(user=self.request.user)
        self.page.refresh_from_db()
        seen = messages.button(self.page.get_url(self.request), _("Voir la page"), new_window=True)
        words = gettext("« %(title)s » est publiée.") % {"title": title}
        messages.success(self.request, words, buttons=[seen, edit])
        for hook in hooks.get_hooks("after_publish_page"):
            answer = hook(self.request, self.page)
            if hasattr(answer, "status_code"):
                return answer  # type: ignore[no-any-return]
        return HttpResponseRedirect(self._where_next())

    def _where_next(self) -> str:
        """The screen that one came from, the list, or the action that follows in it."""
        index = reverse(self.index_url_name)
        if "next" not in self.request.POST:
            return get_valid_next_url_from_request(self.request) or index
        following = (
            ActionPage.objects.filter(
                locale=self.page.locale, sort_reference__gt=self.page.sort_reference
            )
            .order_by("sort_reference")
            .first()
        )
        return reverse("action_listing:update", args=[following.pk]) if following else index
