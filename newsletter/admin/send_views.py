"""« Envoyer la lettre »: to whom, what is missing, a trial to oneself, then now or later."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.admin.send_forms import LaterForm
from newsletter.backends.base import NotSent
from newsletter.mail.issue import TOO_HEAVY, render_issue, size_of
from newsletter.models import IssuePage, Mailing, Subscriber
from newsletter.services.audience import audience_of
from newsletter.services.mailings import NotReady, plan_mailing, sending_problems
from newsletter.services.test_send import latest_version, send_test
from portal.mail.demo_mailbox import demo_mailbox_address


class SendView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The last screen before a letter leaves; an issue that has a sending leads to it instead."""

    model = IssuePage
    permission_policy = ModelPermissionPolicy(Mailing)
    permission_required = "add"
    progress_url_name = ""
    template_name = "newsletter/admin/send.html"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.mailing and self.user_has_permission("add"):
            return HttpResponseRedirect(self._progress_of(self.mailing))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mailing(self) -> Mailing | None:
        """The sending that this issue has; one called off before it left does not count."""
        had = Mailing.objects.filter(issue=self.object).defer("html", "text").first()
        if had and had.state == Mailing.State.CANCELLED and had.started_at is None:
            return None
        return had

    def _progress_of(self, mailing: Mailing) -> str:
        return reverse(self.progress_url_name, args=[mailing.pk])

    def get_page_title(self) -> str:
        return _("Envoyer la lettre")

    def get_page_subtitle(self) -> str:
        return str(self.object.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit_url, "label": self.object.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        draft = latest_version(self.object)
        rendered = render_issue(draft)
        context |= {
            "issue": self.object,
            "draft": draft,
            "is_draft": draft is not self.object,
            "reasons": sending_problems(self.object),
            "audience": audience_of(Subscriber.objects.to_receive(draft)),
            "subject": rendered.subject,
            "preheader": draft.words_beside_subject,
            "weight": -(-size_of(rendered) // 1000),
            "heaviest": TOO_HEAVY // 1000,
            "address": self._own_address(),
            "mailbox_url": demo_mailbox_address(),
        }
        context.setdefault("later", LaterForm())
        context["media"] = context["later"].media
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "test" in request.POST:
            return self._rehearse()
        if "later" not in request.POST:
            return self._plan()
        form = LaterForm(request.POST)
        if form.is_valid():
            return self._plan(form.cleaned_data["moment"])
        return self.render_to_response(self.get_context_data(later=form))

    def _own_address(self) -> str:
        return str(getattr(self.request.user, "email", ""))

    def _rehearse(self) -> HttpResponse:
        address = self._own_address()
        if not address:
            return HttpResponseRedirect(self.request.path)
        try:
            send_test(latest_version(self.object), address)
        except NotSent as reason:
            words = _("L’essai n’est pas parti. Le serveur de messagerie dit : « %(words)s ».")
            messages.error(self.request, words % {"words": reason.words or _("rien")})
        else:
            words = _("L’essai est parti à %(address)s.") % {"address": address}
            mailbox = demo_mailbox_address()
            buttons = [messages.button(mailbox, _("Le lire"))] if mailbox else None
            messages.success(self.request, words, buttons=buttons)
        return HttpResponseRedirect(self.request.path)

    def _plan(self, moment: Any = None) -> HttpResponse:
        try:
            mailing, planned = plan_mailing(self.object, by=self.request.user, at=moment)
        except NotReady as why:
            for reason in why.reasons:
                messages.error(self.request, reason)
            return HttpResponseRedirect(self.request.path)
        if not planned:
            messages.info(self.request, _("Cette lettre a déjà son envoi : le voici."))
        elif moment:
            messages.success(self.request, _("L’envoi est prévu. Vous pouvez encore l’annuler."))
        else:
            messages.success(self.request, _("La lettre commence à partir dans la minute."))
        return HttpResponseRedirect(self._progress_of(mailing))
