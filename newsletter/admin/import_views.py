"""« Importer »: a file is read, what it would do is shown, then all of it is written or nothing."""

import csv
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.models import Subscriber, Topic
from newsletter.services.subscriber_file import COLUMNS, text_of
from newsletter.services.subscriber_import import (
    Changed,
    ImportPlan,
    Outcome,
    Verdict,
    apply_import,
    plan_import,
)
from portal.imports.files.csv_reader import UnreadableFile

#: A screen that shows more is no longer read.
MOST_SHOWN = 1000


class SubscriberFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier CSV"),
        help_text=gettext_lazy("Rien n’est écrit à cette étape : vous relirez d’abord."),
        error_messages={"required": gettext_lazy("Choisissez un fichier.")},
    )


class SeenFileForm(forms.Form):
    """The file that was read, and a digest of what the coordinator has seen of it."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    seen = forms.CharField(widget=forms.HiddenInput)


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = ModelPermissionPolicy(Subscriber)
    permission_required = "add"
    index_url_name = ""
    template_url_name = ""
    form_class = SubscriberFileForm
    template_name = "newsletter/admin/import_subscribers.html"
    page_title = gettext_lazy("Importer des abonnés")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Abonnés")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["columns"] = COLUMNS
        context["topics"] = Topic.objects.all()
        context["template_url"] = reverse(self.template_url_name)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._apply() if "seen" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            text = text_of(form.cleaned_data["file"].read())
            plan = plan_import(text)
        except UnreadableFile as mistake:
            form.add_error("file", str(mistake))
            return self.form_invalid(form)
        return self._show(text, plan)

    def _show(self, text: str, plan: ImportPlan) -> HttpResponse:
        looked_at = {Outcome.REFUSED, Outcome.LEFT, Outcome.TWICE}
        to_look_at = [one for one in plan.verdicts if one.outcome in looked_at]
        well = [one for one in plan.verdicts if one.outcome not in looked_at]
        return self.render_to_response(
            self.get_context_data(
                form=SubscriberFileForm(),
                plan=plan,
                counts=_counts(plan),
                lists=[_shown(_("À regarder"), to_look_at), _shown(_("Les autres lignes"), well)],
                apply_form=SeenFileForm(initial={"text": text, "seen": plan.digest}),
            )
        )

    def _apply(self) -> HttpResponse:
        """Write what was seen; when subscribers changed since, show again instead."""
        form = SeenFileForm(self.request.POST)
        if not form.is_valid():
            return HttpResponseRedirect(self.request.path)
        text = form.cleaned_data["text"]
        try:
            count = apply_import(text, form.cleaned_data["seen"])
        except Changed:
            messages.warning(self.request, _("Les abonnés ont changé entre-temps. Relisez."))
            return self._show(text, plan_import(text))
        except UnreadableFile:
            return HttpResponseRedirect(self.request.path)
        said = ngettext(
            "%(count)s adresse recevra la lettre dès le prochain envoi.",
            "%(count)s adresses recevront la lettre dès le prochain envoi.",
            count,
        )
        messages.success(self.request, said % {"count": count})
        return HttpResponseRedirect(reverse(self.index_url_name))


def _counts(plan: ImportPlan) -> list[tuple[str, int]]:
    return [(str(outcome.label), plan.count(outcome)) for outcome in Outcome]


def _shown(title: str, verdicts: list[Verdict]) -> dict[str, Any]:
    more = max(len(verdicts) - MOST_SHOWN, 0)
    return {"title": title, "verdicts": verdicts[:MOST_SHOWN], "more": more}


class ImportTemplateView(PermissionCheckedMixin, View):
    """The file to fill: its columns alone, so that no example is ever subscribed."""

    permission_policy = ModelPermissionPolicy(Subscriber)
    permission_required = "add"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="abonnes.csv"'
        csv.writer(response, delimiter=";").writerow(COLUMNS)
        return response
