"""« Envois »: each sending and how far it is, with what stops it and what can be done."""

from typing import Any, NamedTuple

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.admin.progress import format_pace, mailing_progress, masked, not_received
from newsletter.admin.send_views import SendView
from newsletter.models import Delivery, IssuePage, Mailing
from newsletter.services.mailings import cancel_mailing, pause, resume
from portal.base.pagination import get_page
from portal.mail.demo_mailbox import demo_mailbox_address

ROWS_A_PAGE = 50
State = Mailing.State


class MailingAction(NamedTuple):
    """What a button does to a sending, when it may be pressed, and what is said then."""

    label: str | Promise
    do: Any
    states: tuple[str, ...]
    said: str | Promise
    classname: str = ""


ACTS = {
    "pause": MailingAction(
        gettext_lazy("Mettre en pause"),
        pause,
        (State.SENDING,),
        gettext_lazy("L’envoi est en pause : plus personne ne reçoit la lettre pour l’instant."),
    ),
    "reprendre": MailingAction(
        gettext_lazy("Reprendre"),
        resume,
        (State.PAUSED,),
        gettext_lazy("L’envoi reprend là où il s’était arrêté."),
    ),
    "annuler": MailingAction(
        gettext_lazy("Annuler cet envoi prévu"),
        cancel_mailing,
        (State.SCHEDULED,),
        gettext_lazy("L’envoi prévu est annulé : personne n’a rien reçu."),
        "serious",
    ),
    "arreter": MailingAction(
        gettext_lazy("Arrêter pour de bon"),
        cancel_mailing,
        (State.PAUSED,),
        gettext_lazy("L’envoi est arrêté : les personnes qui attendaient ne recevront rien."),
        "serious",
    ),
}


def title_of(mailing: Mailing) -> str:
    if mailing.issue is None:
        return _("Envoi de « %(title)s »") % {"title": mailing.title}
    return _("Envoi du numéro %(number)s") % {"number": mailing.issue.number}


class MailingView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin):
    """What the screens of one sending share."""

    model = Mailing
    permission_policy = ModelPermissionPolicy(Mailing)
    index_url_name = ""
    progress_url_name = ""
    figures_url_name = ""
    act_url_name = ""
    header_icon = "mail"

    def get_base_object_queryset(self) -> Any:
        # What was sent is long, and of no use here.
        rows = super().get_base_object_queryset().defer("html", "text")
        return rows.select_related("issue", "planned_by")

    @property
    def progress_url(self) -> str:
        return reverse(self.progress_url_name, args=[self.object.pk])


class MailingFiguresView(MailingView, TemplateView):
    """The figures alone: what the screen asks for again every three seconds."""

    any_permission_required = ("add", "change", "view")
    template_name = "newsletter/admin/mailing_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        progress = mailing_progress(self.object)
        context |= {
            "mailing": self.object,
            "progress": progress,
            "pace": format_pace(progress.pace),
            "rows": self.rows,
            "lines": [self._line(row) for row in self.rows],
            "progress_url": self.progress_url,
        }
        return context

    @cached_property
    def rows(self) -> Page:
        return get_page(not_received(self.object), self.request.GET.get("p"), ROWS_A_PAGE)

    def _line(self, row: Delivery) -> dict[str, Any]:
        person = row.subscriber
        what = row.get_bounce_display() or row.get_state_display()
        line = {"row": row, "what": what, "who": _("une personne effacée depuis"), "url": ""}
        if person:
            line["who"] = masked(person.email)
            if self.request.user.has_perm("newsletter.change_subscriber"):
                line["url"] = reverse("letter_subscribers:inspect", args=[person.pk])
        return line


class MailingProgressView(MailingFiguresView):
    """One sending: live figures, and the buttons that its state allows."""

    template_name = "newsletter/admin/mailing.html"

    def get_page_title(self) -> str:
        return title_of(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Envois")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["figures_url"] = reverse(self.figures_url_name, args=[self.object.pk])
        context["acts"] = self._acts()
        context["mailbox_url"] = demo_mailbox_address()
        return context

    def _acts(self) -> list[dict[str, Any]]:
        if not self.user_has_permission("add"):
            return []
        return [
            {
                "label": act.label,
                "classname": act.classname,
                "url": reverse(self.act_url_name, args=[self.object.pk, name]),
            }
            for name, act in ACTS.items()
            if self.object.state in act.states
        ]


class MailingActionView(MailingView, View):
    """A button that was pressed; of two people at once, one does it and the other is told."""

    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = ACTS.get(kwargs["act"])
        if act is None:
            raise Http404
        if self.object.state in act.states and act.do(self.object):
            messages.success(request, act.said)
        else:
            words = _("Rien n’a changé : cet envoi est déjà « %(state)s ».")
            messages.warning(request, words % {"state": self.object.get_state_display()})
        return HttpResponseRedirect(self.progress_url)


class MailingIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset().defer("html", "text")
        return rows.select_related("planned_by")

    def get_add_url(self) -> str | None:
        """A sending begins on the page of its issue."""
        return None

    def get_edit_url(self, instance: Mailing) -> None:
        return None


class MailingViewSet(ModelViewSet):
    model = Mailing
    name = "letter_mailings"
    url_prefix = "lettre/envois"
    menu_label = gettext_lazy("Envois")
    icon = "mail"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = MailingIndexView
    list_display = [
        "title",
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda mailing: mailing.state == State.SENDING,
        ),
        DateColumn("send_at", label=gettext_lazy("Départ"), sort_key="send_at"),
        NumberColumn("recipients", label=gettext_lazy("Destinataires"), sort_key="recipients"),
        Column(
            "gone",
            label=gettext_lazy("Partis"),
            accessor=lambda mailing: mailing.outcomes.get(Delivery.State.SENT, ""),
        ),
        Column("planned_by", label=gettext_lazy("Lancé par")),
    ]
    list_filter = ["state"]
    ordering = ["-send_at", "-pk"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("index", "progress", "figures", "act")
        own = {f"{name}_url_name": self.get_url_name(name) for name in names}
        absent = {
            f"{name}_url_name": None for name in ("add", "edit", "delete", "history", "usage")
        }
        shown = {"inspect_url_name": self.get_url_name("progress")}
        return {**super().get_common_view_kwargs(**kwargs), **absent, **own, **shown}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("envoyer/<int:pk>/", self.construct_view(SendView, model=IssuePage), name="send"),
            path("<int:pk>/", self.construct_view(MailingProgressView), name="progress"),
            path("<int:pk>/chiffres/", self.construct_view(MailingFiguresView), name="figures"),
            path("<int:pk>/<slug:act>/", self.construct_view(MailingActionView), name="act"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no screen to edit a sending: what has left has left."""
