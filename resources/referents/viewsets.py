"""« Référents »: the editor's list and forms of referents, and the screens of its actions."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from resources.editor_choices import ReferentState
from resources.models import Referent
from resources.referents import services
from resources.referents.admin_forms import NewReferentForm, ReferentFilterSet, ReferentForm
from resources.referents.services import InvitationError, log_action


class ReferentIndexView(generic.IndexView):
    invite_url_name = ""
    leave_url_name = ""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("user").prefetch_related("entries")

    def get_list_more_buttons(self, instance: Referent) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if not self.user_has_permission("change"):
            return buttons
        if not instance.is_active:
            words = _("Inviter à nouveau") if instance.invited_at else _("Inviter")
            buttons.append(self._button(words, self.invite_url_name, "mail", instance))
        if instance.state != ReferentState.LEFT:
            buttons.append(self._button(_("Est parti"), self.leave_url_name, "logout", instance))
        return buttons

    def _button(self, words: str, url_name: str, icon: str, instance: Referent) -> MenuItem:
        url = reverse(url_name, args=[instance.pk])
        return MenuItem(words, url=url, icon_name=icon, priority=15)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        words, url = _("Fiches sans référent"), f"{reverse('fiches:index')}?has_referent=non"
        return [*super().header_more_buttons, Button(words, url=url, icon_name="list-ul")]


class ReferentAddView(generic.CreateView):
    success_message = gettext_lazy("« %(object)s » est dans la liste.")
    invites = False

    def save_instance(self) -> Referent:
        referent: Referent = self.form.save()
        log_action(referent, "wagtail.create", self.request.user)
        if self.form.cleaned_data.get("invites"):
            _invite(self.request, referent)
        return referent


class ReferentEditView(generic.EditView):
    def save_instance(self) -> Referent:
        referent: Referent = self.form.save()
        self.has_content_changes = self.form.has_changed()
        services.update_referent(referent, self.form.before, self.form.old_email)
        log_action(referent, "wagtail.edit", self.request.user)
        return referent


class ReferentDeleteView(generic.DeleteView):
    page_title = gettext_lazy("Effacer")
    success_message = gettext_lazy("Cette personne est effacée de la liste des référents.")

    def delete_action(self) -> None:
        log_action(self.object, "wagtail.delete", self.request.user)
        services.delete_referent(self.object)


def _invite(request: Any, referent: Referent) -> None:
    try:
        services.send_invitation(referent, request.user)
    except InvitationError as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("L’invitation part dans la minute. Elle vaut trente jours."))


def _leave(request: Any, referent: Referent) -> None:
    services.end_referent(referent, request.user)
    messages.success(request, _("C’est noté : cette personne n’ouvre plus rien."))


class ReferentActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One button, with what it will do; GET only shows."""

    permission_policy = ModelPermissionPolicy(Referent)
    permission_required = "change"
    template_name = "resources/referents/admin/confirm_action.html"
    header_icon = "user"
    index_url_name = ""
    words: list[str | Promise] = []
    button: str | Promise = ""
    act: Callable[[HttpRequest, Referent], None]

    @cached_property
    def referent(self) -> Referent:
        return get_object_or_404(Referent, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.referent)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entries = services.get_entries(self.referent)
        return context | {"entries": entries, "words": self.words, "button": self.button}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        type(self).act(request, self.referent)
        return HttpResponseRedirect(reverse(self.index_url_name))


class ReferentInviteView(ReferentActionView):
    page_title = gettext_lazy("Inviter")
    button = gettext_lazy("Envoyer l’invitation")
    words = [
        gettext_lazy("Un message part à son adresse, avec un lien valable trente jours, une fois."),
        gettext_lazy("Un lien envoyé avant ne marche plus."),
    ]
    act = staticmethod(_invite)


class ReferentLeaveView(ReferentActionView):
    page_title = gettext_lazy("Est parti")
    button = gettext_lazy("Oui, cette personne est partie")
    words = [
        gettext_lazy("« Mes fiches » ne s’ouvre plus pour elle, dès maintenant."),
        gettext_lazy("Son compte est fermé s’il ne sert à rien d’autre."),
        gettext_lazy("Son nom et son adresse sont effacés dans trente jours."),
        gettext_lazy(
            "Une fiche qui n’a plus personne dit qu’elle cherche un référent, si la structure "
            "l’avait accepté."
        ),
    ]
    act = staticmethod(_leave)


_PANELS = [
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("name"), FieldPanel("email")])],
        heading=gettext_lazy("Qui (jamais montré)"),
    ),
    FieldPanel("entries"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("role"), FieldPanel("shows_role")]),
            FieldRowPanel([FieldPanel("public_email"), FieldPanel("shows_public_email")]),
        ],
        heading=gettext_lazy("Ce que la fiche montre, si la personne le veut"),
    ),
]


class ReferentViewSet(ModelViewSet):
    model = Referent
    name = "referents"
    url_prefix = "annuaire/referents"
    icon = "user"
    menu_label = gettext_lazy("Référents")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = ReferentIndexView
    add_view_class = ReferentAddView
    edit_view_class = ReferentEditView
    delete_view_class = ReferentDeleteView
    filterset_class = ReferentFilterSet
    search_fields = ["name", "email", "role", "entries__title"]
    search_backend_name = None
    ordering = ["name", "pk"]
    list_per_page = 50
    list_display = [
        "name",
        Column(
            "entries",
            label=gettext_lazy("Fiches"),
            accessor=lambda one: ", ".join(entry.title for entry in one.entries.all()),
        ),
        "role",
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda referent: referent.is_active,
        ),
        DateColumn("invited_at", label=gettext_lazy("Invité"), sort_key="invited_at"),
        DateColumn(
            "user__last_login",
            label=gettext_lazy("Dernière connexion"),
            accessor="user.last_login",
            sort_key="user__last_login",
        ),
    ]
    edit_handler = ObjectList(_PANELS, base_form_class=ReferentForm)

    def get_form_class(self, for_update: bool = False) -> type:
        return super().get_form_class(for_update) if for_update else self._adding.get_form_class()

    @cached_property
    def _adding(self) -> Any:
        panels = [*_PANELS, FieldPanel("invites")]
        return ObjectList(panels, base_form_class=NewReferentForm).bind_to_model(self.model)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_add_view_kwargs(**kwargs), "panel": self._adding}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            "invite_url_name": self.get_url_name("invite"),
            "leave_url_name": self.get_url_name("leave"),
        }
        return super().get_index_view_kwargs(**names, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [one for one in super().get_urlpatterns() if one.name != "usage"]
        return [
            *kept,
            path("inviter/<int:pk>/", self.construct_view(ReferentInviteView), name="invite"),
            path("parti/<int:pk>/", self.construct_view(ReferentLeaveView), name="leave"),
        ]
