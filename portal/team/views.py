"""« L’équipe »: who writes on the portal, an invitation, a role, a departure."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from portal.team import services
from portal.team.forms import HandOverForm, InvitationForm, MemberForm
from portal.users.models import RoleKey, User


class TeamView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The list, with the invitation beside it."""

    permission_policy = ModelPermissionPolicy(User)
    permission_required = "add"
    template_name = "team/index.html"
    form_class = InvitationForm
    page_title = _("L’équipe")
    header_icon = "group"
    index_url_name = "team:index"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        people: list[Any] = list(services.team_members())
        for person in people:
            role = services.role_of(person)
            person.role_label = role.label if role else gettext("Administration")
            person.role_sentence = (
                services.ROLES[role] if role else gettext("Règle aussi la machinerie du portail.")
            )
            person.may_be_changed = can_change(self.request.user, person)
        return context | {"people": people}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        email, role = form.cleaned_data["email"], RoleKey(form.cleaned_data["role"])
        try:
            services.invite(email, role, self.request.user)  # type: ignore[arg-type]
        except services.TeamError as reason:
            form.add_error("email", str(reason))
            return self.form_invalid(form)
        words = gettext("L’invitation part dans la minute à %(email)s.") % {"email": email}
        messages.success(self.request, words)
        return redirect(self.index_url_name)


def can_change(user: Any, member: User) -> bool:
    """An administrator is changed by an administrator only."""
    is_beyond = member.is_superuser and not user.is_superuser
    return bool(user.has_perm("users.change_user") and not is_beyond)


class MemberMixin(PermissionCheckedMixin):
    """What concerns one member of the team."""

    permission_policy = ModelPermissionPolicy(User)
    permission_required = "change"
    index_url_name = "team:index"
    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_change(request.user, self.member):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]

    @cached_property
    def member(self) -> User:
        return get_object_or_404(services.team_members(), pk=self.kwargs["pk"])


class MemberView(MemberMixin, WagtailAdminTemplateMixin, FormView):
    """The name and the role of somebody."""

    template_name = "team/member.html"
    form_class = MemberForm
    page_title = _("Nom et rôle")
    header_icon = "user"

    def get_page_subtitle(self) -> str:
        return str(self.member)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(self.index_url_name), "label": TeamView.page_title}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_subtitle()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.member}

    def get_initial(self) -> dict[str, Any]:
        return {"role": services.role_of(self.member)}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.member.is_superuser:
            del form.fields["role"]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"member": self.member}

    def form_valid(self, form: MemberForm) -> HttpResponse:
        role = form.cleaned_data.get("role")
        try:
            if role and role != services.role_of(self.member):
                services.change_role(self.member, RoleKey(role), self.request.user)  # type: ignore[arg-type]
        except services.TeamError as reason:
            form.add_error("role", str(reason))
            return self.form_invalid(form)
        form.save()
        words = gettext("C’est enregistré pour %(name)s.") % {"name": self.member}
        messages.success(self.request, words)
        return redirect(self.index_url_name)


class InviteAgainView(MemberMixin, View):
    """Send the invitation again to who never came."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.member.last_login:
            raise Http404
        services.send_invitation(self.member, request.user)  # type: ignore[arg-type]
        messages.success(request, gettext("L’invitation repart dans la minute."))
        return redirect(self.index_url_name)


class HandOverView(MemberMixin, WagtailAdminTemplateMixin, FormView):
    """« Passer la main »: all that somebody keeps, to somebody else, at once."""

    template_name = "team/hand_over.html"
    form_class = HandOverForm
    page_title = _("Passer la main")
    header_icon = "resubmit"

    get_page_subtitle = MemberView.get_page_subtitle
    get_breadcrumbs_items = MemberView.get_breadcrumbs_items

    def get_form_kwargs(self) -> dict[str, Any]:
        people = services.team_members().filter(~Q(pk=self.member.pk))
        return super().get_form_kwargs() | {"people": people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"member": self.member, "holdings": services.holdings_of(self.member)}

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        to = form.cleaned_data["to"]
        try:
            services.hand_over(self.member, to, self.request.user)  # type: ignore[arg-type]
        except services.TeamError as reason:
            form.add_error("to", str(reason))
            return self.form_invalid(form)
        words = gettext("C’est fait : %(name)s a tout, l’accès de %(left)s est fermé.")
        messages.success(self.request, words % {"name": to, "left": self.member})
        if self.member == self.request.user:
            return redirect("editor_door")
        return redirect(self.index_url_name)


urlpatterns = [
    path("", TeamView.as_view(), name="index"),
    path("<int:pk>/", MemberView.as_view(), name="member"),
    path("<int:pk>/renvoyer/", InviteAgainView.as_view(), name="invite_again"),
    path("<int:pk>/passer-la-main/", HandOverView.as_view(), name="hand_over"),
]
