"""« Domaine d’envoi »: whether letters will be believed, and what to ask the host when not."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.admin.urls import ScreenViewSet
from newsletter.models import LetterSettings
from newsletter.services.mail_domain import update_domain_check
from newsletter.services.send_checks import blocking_reason, uses_network
from portal.mail.demo_mailbox import demo_mailbox_address
from portal.mail.domain.own_domain import own_domain


class MailDomainView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = ModelPermissionPolicy(LetterSettings)
    permission_required = "change"
    template_name = "newsletter/admin/domain.html"
    page_title = gettext_lazy("Domaine d’envoi")
    header_icon = "globe"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = (LetterSettings._meta.app_label, LetterSettings._meta.model_name)
        return super().get_context_data(**kwargs) | {
            "letter": LetterSettings.load(),
            "domain": own_domain(),
            "leaves": uses_network(),
            "blocking_reason": blocking_reason(),
            "mailbox_url": demo_mailbox_address(),
            "settings_url": reverse("wagtailsettings:edit", args=names),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if update_domain_check():
            messages.success(request, _("Le domaine est prêt."))
        else:
            messages.warning(request, _("Le domaine n’est pas prêt : voyez quoi demander."))
        return HttpResponseRedirect(request.path)


class MailDomainViewSet(ScreenViewSet):
    name = "letter_domain"
    url_prefix = "lettre/domaine"
    menu_label = gettext_lazy("Domaine d’envoi")
    icon = "globe"
    view_class = MailDomainView
