"""« Pilotes »: the people who lead actions, and the question that is asked them at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from actions.models import ActionPage, Pilot
from actions.pilots.reminders import ask_now
from actions.pilots.schedule import get_followed
from actions.pilots.services import forget_pilot


class _ActionsField(forms.ModelMultipleChoiceField):
    """The actions in French, by their reference: their translations follow."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(ActionPage.objects.none(), *args, **kwargs)

    def label_from_instance(self, action: Any) -> str:
        return str(action.get_admin_display_title())


class PilotAdminForm(WagtailAdminModelForm):
    actions = _ActionsField(label=gettext_lazy("Actions"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = ActionPage.objects.filter(locale=Locale.get_default())
        self.fields["actions"].queryset = actions.order_by("sort_reference")


class PilotIndexView(generic.IndexView):
    ask_url_name = ""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("actions")

    def get_list_more_buttons(self, instance: Pilot) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change") and instance.is_active:
            url = reverse(self.ask_url_name, args=[instance.pk])
            words = _("Demander où on en est")
            buttons.append(MenuItem(words, url=url, icon_name="mail", priority=15))
        return buttons


def _log(pilot: Pilot, action: str, user: Any) -> None:
    """The history says who did what, and names nobody: it outlives the erasure."""
    log(pilot, action, title=_("Pilote %(pk)s") % {"pk": pilot.pk}, user=user)


class PilotAddView(generic.CreateView):
    def save_instance(self) -> Pilot:
        pilot: Pilot = self.form.save()
        _log(pilot, "wagtail.create", self.request.user)
        return pilot


class PilotEditView(generic.EditView):
    def save_instance(self) -> Pilot:
        pilot: Pilot = self.form.save()
        self.has_content_changes = self.form.has_changed()
        _log(pilot, "wagtail.edit", self.request.user)
        return pilot


class PilotDeleteView(generic.DeleteView):
    page_title = gettext_lazy("Effacer")
    success_message = gettext_lazy("Cette personne est effacée de la liste des pilotes.")

    def delete_action(self) -> None:
        _log(self.object, "wagtail.delete", self.request.user)
        forget_pilot(self.object)


class AskPilotView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One button, with what it will do; GET only shows."""

    permission_policy = ModelPermissionPolicy(Pilot)
    permission_required = "change"
    template_name = "actions/pilots/admin/ask.html"
    page_title = gettext_lazy("Demander où on en est")
    header_icon = "mail"
    index_url_name = ""

    @cached_property
    def pilot(self) -> Pilot:
        return get_object_or_404(Pilot, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.pilot)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = get_followed(self.pilot)
        return super().get_context_data(**kwargs) | {"actions": actions, "pilot": self.pilot}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = ask_now(self.pilot)
        if count:
            words = ngettext(
                "La question part dans la minute, pour %(count)s action.",
                "La question part dans la minute, pour %(count)s actions.",
                count,
            )
            messages.success(request, words % {"count": count})
        else:
            words = _(
                "Rien n’est parti : cette personne a déjà eu un message aujourd’hui, ou ne "
                "pilote aucune action en cours."
            )
            messages.warning(request, words)
        return HttpResponseRedirect(reverse(self.index_url_name))


class PilotViewSet(ModelViewSet):
    model = Pilot
    name = "pilots"
    url_prefix = "projet/pilotes"
    icon = "user"
    menu_label = gettext_lazy("Pilotes")
    menu_hook = "register_project_menu_item"
    menu_order = 24
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = PilotIndexView
    add_view_class = PilotAddView
    edit_view_class = PilotEditView
    delete_view_class = PilotDeleteView
    search_fields = ["name", "email", "structure", "actions__title"]
    search_backend_name = None
    ordering = ["name", "pk"]
    list_per_page = 50
    list_display = [
        "name",
        "structure",
        Column(
            "actions",
            label=gettext_lazy("Actions"),
            accessor=lambda one: (
                ", ".join(sorted(action.reference for action in one.actions.all())) or "–"
            ),
        ),
        BooleanColumn("is_active", label=gettext_lazy("On peut lui écrire")),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
            FieldPanel("structure"),
            FieldPanel("actions"),
            FieldPanel("is_active"),
        ],
        base_form_class=PilotAdminForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        name = self.get_url_name("ask")
        return super().get_index_view_kwargs(ask_url_name=name, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [one for one in super().get_urlpatterns() if one.name != "usage"]
        ask = path("demander/<int:pk>/", self.construct_view(AskPilotView), name="ask")
        return [*kept, ask]
