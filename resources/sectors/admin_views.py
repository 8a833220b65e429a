"""The editor's screens of the directory that Wagtail does not make by itself."""

import csv
import hashlib
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from resources.models import Sector, SectorCommune
from resources.sectors.import_reader import COLUMNS, UnreadableFile, read_sectors, text_of
from resources.sectors.import_target import ImportPlan, apply_import, plan_import, sentences


class SectorIndexView(IndexView):
    """The list of sectors, with the way to its file."""

    import_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("add") and self.user_has_permission("change"):
            words = _("Importer un tableau (CSV ou XLSX)")
            url = reverse(self.import_url_name)
            buttons.append(Button(words, url=url, icon_name="upload", priority=90))
        return buttons


class SectorFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier CSV ou XLSX"),
        help_text=gettext_lazy("Rien n’est écrit à cette étape : vous relirez d’abord."),
        error_messages={"required": gettext_lazy("Choisissez un fichier.")},
    )
    removes_absent = forms.BooleanField(
        label=gettext_lazy("Retirer les communes que le fichier ne donne plus à leur secteur"),
        help_text=gettext_lazy("Sinon elles sont gardées. Les autres secteurs ne changent pas."),
        required=False,
    )


class SeenFileForm(forms.Form):
    """The file that was read again, and a digest of what the editor has seen of it."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    removes_absent = forms.BooleanField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput)


class SectorImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A file is uploaded, what it would change is shown, then all of it is written or nothing."""

    permission_policy = ModelPermissionPolicy(Sector)
    index_url_name = ""
    template_url_name = ""
    form_class = SectorFileForm
    template_name = "resources/admin/import_sectors.html"
    page_title = gettext_lazy("Importer des secteurs")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.permission_required = "add"
        if not self.user_has_permission("change"):
            self.permission_required = "change"
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Secteurs de psychiatrie")},
            {"url": "", "label": self.page_title},
        ]
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["columns"] = COLUMNS
        context["template_url"] = reverse(self.template_url_name)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._apply() if "seen" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            text = text_of(form.cleaned_data["file"].read())
            plan = plan_import(read_sectors(text), form.cleaned_data["removes_absent"])
        except UnreadableFile as mistake:
            form.add_error("file", str(mistake))
            return self.form_invalid(form)
        return self._show(text, form.cleaned_data["removes_absent"], plan)

    def _show(self, text: str, removes_absent: bool, plan: ImportPlan) -> HttpResponse:
        seen = {"text": text, "removes_absent": removes_absent, "seen": _digest(plan)}
        return self.render_to_response(
            self.get_context_data(
                form=SectorFileForm(),
                plan=plan,
                changes=sentences(plan.sectors),
                apply_form=SeenFileForm(initial=seen),
            )
        )

    def _apply(self) -> HttpResponse:
        """Write what was seen; when the sectors changed since, show again instead."""
        form = SeenFileForm(self.request.POST)
        if not form.is_valid():
            return HttpResponseRedirect(self.request.path)
        text, removes_absent = form.cleaned_data["text"], form.cleaned_data["removes_absent"]
        try:
            plan = plan_import(read_sectors(text), removes_absent)
        except UnreadableFile:
            return HttpResponseRedirect(self.request.path)
        if form.cleaned_data["seen"] != _digest(plan):
            messages.warning(self.request, _("Les secteurs ont changé entre-temps. Relisez."))
            return self._show(text, removes_absent, plan)
        if plan.can_be_applied:
            count = apply_import(plan, self.request.user)
            said = ngettext(
                "%(count)s secteur enregistré.", "%(count)s secteurs enregistrés.", count
            )
            messages.success(self.request, said % {"count": count})
        return HttpResponseRedirect(reverse(self.index_url_name))


def _digest(plan: ImportPlan) -> str:
    return hashlib.sha256(repr(sentences(plan.sectors)).encode()).hexdigest()


class SectorTemplateView(PermissionCheckedMixin, View):
    """The file to fill: the sectors as they are, or one line that shows how."""

    permission_policy = ModelPermissionPolicy(Sector)
    any_permission_required = ("add", "change", "view")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="secteurs.csv"'
        writer = csv.writer(response, delimiter=";")
        writer.writerow(COLUMNS)
        rows = SectorCommune.objects.select_related("sector").order_by("sector__code", "sort_order")
        for row in rows:
            sector = row.sector
            writer.writerow(
                [sector.code, sector.audience, sector.name, row.commune_id, row.part, row.note,
                 sector.source, sector.source_date or ""]
            )  # fmt: skip
        return response
