"""« Écrire au réseau »: the history, the form, the preview that sends, and one message."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from home.network import services
from home.network.forms import NetworkMessageForm
from home.network.models import Audience, NetworkMessage
from home.network.recipients import find_recipients
from portal.base.models import PortalSettings
from portal.geo.models import Territory
from resources.models import Referent, ResourceType

TRANSLATED = False


class NetworkPermissionMixin(PermissionCheckedMixin):
    """For who keeps the list of referents: their names are shown."""

    permission_policy = ModelPermissionPolicy(Referent)
    any_permission_required = ("change",)


class NetworkScreen(NetworkPermissionMixin, WagtailAdminTemplateMixin):
    page_title = gettext_lazy("Écrire au réseau")
    header_icon = "mail"
    _show_breadcrumbs = True
    kwargs: dict[str, Any]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("network_messages"), "label": self.page_title}]
        here = self.get_page_subtitle()
        if here:
            trail.append({"url": "", "label": here})
        else:
            trail[-1]["url"] = ""
        return [*self.breadcrumbs_items, *trail]


class NetworkListView(NetworkScreen, TemplateView):
    """Drafts first, then what was sent, the latest first."""

    index_url_name = "network_messages"
    template_name = "home/network/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: QuerySet = NetworkMessage.objects.select_related("author")
        return super().get_context_data(**kwargs) | {
            "drafts": rows.filter(sent_at=None),
            "sent": rows.exclude(sent_at=None)[:100],
        }


class NetworkWriteView(NetworkScreen, FormView):
    """A new message, or a draft; what was typed is kept as a draft."""

    form_class = NetworkMessageForm
    template_name = "home/network/write.html"

    @cached_property
    def message(self) -> NetworkMessage:
        if "pk" in self.kwargs:
            return get_object_or_404(NetworkMessage, pk=self.kwargs["pk"], sent_at=None)
        return NetworkMessage(author=self.request.user)  # type: ignore[misc]

    def get_page_subtitle(self) -> str:
        return self.message.subject or _("Nouveau message")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.message}

    def form_valid(self, form: NetworkMessageForm) -> HttpResponse:
        message = form.save()
        if "draft" in self.request.POST:
            messages.success(self.request, _("Le brouillon est gardé."))
            return redirect("network_messages")
        return redirect("network_preview", message.pk)


class NetworkPreviewView(NetworkScreen, TemplateView):
    """GET shows to whom and what; POST sends it, once."""

    template_name = "home/network/preview.html"

    @cached_property
    def message(self) -> NetworkMessage:
        return get_object_or_404(NetworkMessage, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.message.subject

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.message.sent_at:
            return redirect("network_message", self.message.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = find_recipients(self.message.audience)
        return super().get_context_data(**kwargs) | {
            "message": self.message,
            "found": found,
            "seen": services.fingerprint(self.message, found),
            "subject": services.full_subject(self.message),
            "reply_to": PortalSettings.load().contact_email,
            "most": services.MOST_RECIPIENTS,
            **describe_audience(self.message),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            is_new = services.confirm(self.message, request.user, request.POST.get("seen", ""))
        except services.NotSent as reason:
            messages.error(request, str(reason))
            return redirect("network_preview", pk)
        words = (
            _("C’est envoyé.")
            if is_new
            else _("Ce message était déjà envoyé : il n’est pas reparti.")
        )
        messages.success(request, words)
        return redirect("network_message", pk)


class NetworkMessageView(NetworkScreen, TemplateView):
    """A message that was sent: who, when, to how many, its text, what came back."""

    template_name = "home/network/message.html"

    @cached_property
    def message(self) -> NetworkMessage:
        sent = NetworkMessage.objects.exclude(sent_at=None).select_related("author")
        return get_object_or_404(sent, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.message.subject

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deliveries = self.message.deliveries.all()
        return super().get_context_data(**kwargs) | {
            "message": self.message,
            "subject": services.full_subject(self.message),
            "waiting": deliveries.filter(posted_at=None, refused=False).count(),
            "returned": deliveries.exclude(returned_at=None),
            **describe_audience(self.message),
        }


class NetworkDeleteView(NetworkPermissionMixin, View):
    """POST: a draft is thrown away; what was sent stays in the history."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        NetworkMessage.objects.filter(pk=pk, sent_at=None).delete()
        messages.success(request, _("Le brouillon est supprimé."))
        return redirect("network_messages")


def describe_audience(message: NetworkMessage) -> dict[str, list[str]]:
    """What was chosen, in words."""
    audience = message.audience
    return {
        "who": [str(one.label) for one in Audience if one in audience.get("who", ())],
        "types": list(
            ResourceType.objects.filter(pk__in=audience.get("types", ())).values_list(
                "name", flat=True
            )
        ),
        "territories": list(
            Territory.objects.filter(pk__in=audience.get("territories", ())).values_list(
                "name", flat=True
            )
        ),
    }


def admin_urls() -> list[URLPattern]:
    base = "annuaire/ecrire/"
    return [
        path(base, NetworkListView.as_view(), name="network_messages"),
        path(f"{base}nouveau/", NetworkWriteView.as_view(), name="network_new"),
        path(f"{base}<int:pk>/brouillon/", NetworkWriteView.as_view(), name="network_write"),
        path(f"{base}<int:pk>/relire/", NetworkPreviewView.as_view(), name="network_preview"),
        path(f"{base}<int:pk>/supprimer/", NetworkDeleteView.as_view(), name="network_delete"),
        path(f"{base}<int:pk>/", NetworkMessageView.as_view(), name="network_message"),
    ]
