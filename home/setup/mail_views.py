"""The mail step: an address, a message that comes back to say that it arrived, the domain."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from wagtail.admin import messages

from home.setup.models import PortalOpening
from home.setup.views import SetupMixin, StepView
from newsletter.models import LetterSettings
from newsletter.services.mail_domain import update_domain_check
from newsletter.services.send_checks import uses_network
from portal.base.models import PortalSettings
from portal.mail.demo_mailbox import demo_mailbox_address
from portal.mail.domain.own_domain import own_domain
from portal.mail.layout import absolute
from portal.mail.queue import post


class MailView(StepView):
    slug = "courrier"
    actions = {"try": "try_mail", "check": "check_domain"}

    def try_mail(self) -> None:
        """Write to the generic address; the link of the message tells that it arrived."""
        address = PortalSettings.load().contact_email
        if not address:
            messages.error(self.request, _("Donnez d’abord l’adresse générique, à l’étape 1."))
            return
        opening, _made = PortalOpening.objects.get_or_create(
            pk=1, defaults={"opened_at": timezone.now()}
        )
        opening.mail_test_code = secrets.token_urlsafe(18)
        opening.mail_test_sent_at, opening.mail_test_received_at = timezone.now(), None
        opening.save()
        link = reverse("setup:mail_received", args=[opening.mail_test_code])
        post(
            address,
            "setup_trial",
            _("Message d’essai du portail"),
            preheader=_("Un clic dit au portail que ce message est arrivé."),
            link=absolute(link),
        )
        self.take_up()
        words = _("Le message part vers %(address)s. Ouvrez-le, et cliquez sur son bouton.")
        messages.success(self.request, words % {"address": address})

    def check_domain(self) -> None:
        if update_domain_check():
            messages.success(self.request, _("Le domaine est prêt."))
        else:
            messages.warning(self.request, _("Le domaine n’est pas prêt : voyez quoi demander."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "address": PortalSettings.load().contact_email,
            "sender": settings.DEFAULT_FROM_EMAIL,
            "domain": own_domain(),
            "leaves": uses_network(),
            "letter": LetterSettings.load(),
            "mailbox_url": demo_mailbox_address(),
        }


class MailReceivedView(SetupMixin, View):
    """Where the button of the trial message leads."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        now = timezone.now()
        found = PortalOpening.objects.filter(mail_test_code=code).exclude(mail_test_code="")
        if found.update(mail_test_received_at=now, mail_test_code=""):
            messages.success(request, _("Le message est arrivé : le courrier fonctionne."))
        else:
            messages.warning(request, _("Ce lien a déjà servi, ou un autre essai l’a remplacé."))
        return HttpResponseRedirect(reverse("setup:step", args=[MailView.slug]))
