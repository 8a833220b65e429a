"""« Créer la fiche »: the screen that makes a draft of a proposed place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from resources.corrections.drafts import create_draft, get_source_directory
from resources.corrections.forms import ResourceTypeField
from resources.corrections.services import editor_url
from resources.models import EntryProposal

TRANSLATED = False


class NoAddPermissionPolicy(ModelPermissionPolicy):
    """What the public tells comes by its forms only."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, [one for one in actions if one != "add"])


class CreateEntryForm(forms.Form):
    kind = ResourceTypeField(
        label=gettext_lazy("Type de lieu"),
        help_text=gettext_lazy("Il décide de la page : GEM, CMP, CLSM ou fiche ordinaire."),
        error_messages={"required": gettext_lazy("Choisissez le type de lieu.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.refresh()


class CreateEntryView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """« Créer la fiche »: a draft of what was proposed, then its editor."""

    model = EntryProposal
    permission_policy = NoAddPermissionPolicy(EntryProposal)
    permission_required = "change"
    form_class = CreateEntryForm
    template_name = "resources/corrections/admin/create_entry.html"
    page_title = gettext_lazy("Créer la fiche")
    header_icon = "plus-inverse"
    edit_url_name = ""

    def get_initial(self) -> dict[str, Any]:
        kind = self.object.type
        return {"kind": kind.code if kind else ""}

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def form_valid(self, form: CreateEntryForm) -> HttpResponse:
        directory = get_source_directory()
        if self.object.entry is not None:
            return HttpResponseRedirect(editor_url(self.object.entry))
        if directory is None or not self._may_add(directory):
            form.add_error(None, _("Vous ne pouvez pas créer de fiche dans l’annuaire."))
            return self.form_invalid(form)
        try:
            page = create_draft(
                self.object, form.cleaned_data["kind"], directory, self.request.user
            )
        except ValidationError as mistake:
            form.add_error(None, mistake.messages)
            return self.form_invalid(form)
        messages.success(
            self.request, _("Voici le brouillon : relisez, complétez, vérifiez, puis publiez.")
        )
        return HttpResponseRedirect(editor_url(page))

    def _may_add(self, directory: Any) -> bool:
        return bool(directory.permissions_for_user(self.request.user).can_add_subpage())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse(self.edit_url_name, args=[self.object.pk])
        return [Button(_("Revenir à la proposition"), url=url, icon_name="arrow-left")]
