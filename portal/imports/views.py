"""« Importer »: a file is sent, what it would do is shown, then all of it is written or nothing."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, RedirectView, TemplateView, View

from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.exports.streaming import CSV, streaming_response
from portal.imports.apply import ImportBusy, PlanChanged
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.models import ImportRun
from portal.imports.progress import get_progress
from portal.imports.registry import ImportType, get_import_type
from portal.imports.report import report_as_csv, report_groups, report_notes, verdict_counts
from portal.imports.runs import (
    PENDING_STATES,
    State,
    can_be_confirmed,
    confirm_import,
    fail_import,
    start_import,
)

_LATEST = 10


class ImportFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("Rien n’est écrit à cette étape : vous relirez d’abord."),
        error_messages={"required": gettext_lazy("Choisissez un fichier.")},
    )
    recreates = forms.BooleanField(
        label=gettext_lazy("Recréer ce qui avait été importé puis supprimé"),
        required=False,
    )


class ImportRedirectView(RedirectView):
    """An older address of an import: leads whoever may do it to the shared screen."""

    pattern_name = "imports:upload"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not get_import_type(kwargs["kind"]).target.allows(request.user):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)


class ImportTypeView(WagtailAdminTemplateMixin):
    """What the screens of one kind of import share: only who may do all of it sees them."""

    header_icon = "upload"
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.kwargs = kwargs
        if not self.kind.target.allows(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def kind(self) -> ImportType:
        return get_import_type(self.kwargs["kind"])

    def get_page_title(self) -> str:
        return str(self.kind.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        back = {"url": reverse(self.kind.list_url_name), "label": self.kind.list_label}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, back, here]


class ImportUploadView(ImportTypeView, FormView):
    template_name = "imports/upload.html"

    def get_form_class(self) -> Any:
        return type("UploadForm", (ImportFileForm, self.kind.options_form), {})

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["file"].widget.attrs["accept"] = self.kind.accept
        if self.kind.file_label:
            form.fields["file"].label = self.kind.file_label
        if not self.kind.target.remembers:
            del form.fields["recreates"]
        form.order_fields(["file"])
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        runs = ImportRun.objects.filter(kind=self.kind.name).select_related("user")
        context |= self.kind.help_context()
        context["help_template"] = self.kind.help_template
        context["runs"] = runs.defer("content", "report")[:_LATEST]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        options = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        file = form.cleaned_data["file"]
        try:
            if file.size > self.kind.megabytes * 1024**2:
                words = _("Ce fichier est trop gros : %(count)s Mo au plus.")
                raise UnreadableFile(words % {"count": self.kind.megabytes})
            # Read once, and kept: whatever becomes of the file, what was seen is what is written.
            run = start_import(self.kind, file.read(), file.name, options, self.request.user)
        except UnreadableFile as mistake:
            form.add_error("file", str(mistake))
            return self.form_invalid(form)
        return HttpResponseRedirect(get_run_url(run))


class ImportRunMixin(ImportTypeView):
    @cached_property
    def run(self) -> ImportRun:
        runs = ImportRun.objects.filter(kind=self.kind.name).select_related("user")
        return get_object_or_404(runs, uuid=self.kwargs["uuid"])


class ImportProgressView(ImportRunMixin, TemplateView):
    """How far it is, alone: what the screen asks for again every three seconds."""

    template_name = "imports/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {
            "run": self.run,
            "is_waiting": self.run.state in PENDING_STATES,
            "progress": get_progress(self.run),
        }
        return context


class ImportRunView(ImportProgressView):
    """One import: what it would do, how far it is, or what it did."""

    template_name = "imports/run.html"

    def get_page_subtitle(self) -> str:
        return self.run.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        run = self.run
        context |= {
            "kind": self.kind,
            "progress_url": reverse("imports:progress", args=[run.kind, run.uuid]),
            "counts": verdict_counts(run),
            "groups": [] if context["is_waiting"] else report_groups(run),
            "notes": report_notes(run),
            "can_be_confirmed": can_be_confirmed(run),
            "may_publish": self.kind.target.may_publish(self.request.user),
            "report_url": reverse("imports:report", args=[run.kind, run.uuid]),
            "list_url": reverse(self.kind.list_url_name),
        }
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state != State.READY:
            return HttpResponseRedirect(request.path)
        if "give_up" in request.POST:
            fail_import(self.run, _("Abandonné : rien n’a été écrit."))
            return HttpResponseRedirect(self.kind.url)
        # What is on screen is what is confirmed: somebody may have had it read again since.
        if can_be_confirmed(self.run) and request.POST.get("seen") == self.run.digest:
            self._confirm()
        return HttpResponseRedirect(request.path)

    def _confirm(self) -> None:
        asks = "publishes" in self.request.POST
        user: Any = self.request.user
        self.run.user = user
        try:
            confirm_import(self.run, asks and self.kind.target.may_publish(user))
        except ImportBusy:
            messages.warning(self.request, _("Un autre import est en cours : essayez bientôt."))
        except (PlanChanged, UnreadableFile):
            messages.warning(self.request, _("Le portail a changé entre-temps. Relisez."))
        else:
            if self.run.state == State.DONE:
                messages.success(self.request, _("C’est écrit."))


class ImportReportView(ImportRunMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        return streaming_response(report_as_csv(self.run), CSV, "rapport-import.csv")


def get_run_url(run: ImportRun) -> str:
    return reverse("imports:run", args=[run.kind, run.uuid])


URLS: list[URLPattern] = [
    path("<slug:kind>/", ImportUploadView.as_view(), name="upload"),
    path("<slug:kind>/<uuid:uuid>/", ImportRunView.as_view(), name="run"),
    path("<slug:kind>/<uuid:uuid>/avancement/", ImportProgressView.as_view(), name="progress"),
    path("<slug:kind>/<uuid:uuid>/rapport.csv", ImportReportView.as_view(), name="report"),
]
