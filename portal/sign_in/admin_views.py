"""The editor's screen that removes the second factor of somebody who has lost theirs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from allauth.mfa.models import Authenticator

from portal.sign_in.recovery import remove_second_factor
from portal.users.models import User


class RemoveSecondFactorView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask, then remove (POST); never one's own, nor an administrator's without being one."""

    permission_policy = ModelPermissionPolicy(User)
    permission_required = "change"
    template_name = "sign_in/remove_second_factor.html"
    page_title = gettext_lazy("Retirer la deuxième étape")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.account = get_object_or_404(User, pk=kwargs["pk"])
        is_beyond = self.account.is_superuser and not request.user.is_superuser
        if is_beyond or self.account == request.user:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.account)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "account": self.account,
            "factors": Authenticator.objects.filter(user_id=self.account.pk).count(),
            "back_url": reverse("wagtailusers_users:edit", args=[self.account.pk]),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if remove_second_factor(self.account, by=request.user):  # type: ignore[arg-type]
            messages.success(request, _("Deuxième étape retirée. Un message le dit à la personne."))
        return redirect("wagtailusers_users:edit", self.account.pk)
