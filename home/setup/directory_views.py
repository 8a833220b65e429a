"""The third step: the directory by a button."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin import messages

from home.setup.finess_summary import directory_counts, left_to_publish, stage_of, summarise
from home.setup.forms import FinessFileForm, latest_finess_import
from home.setup.models import FinessImport
from home.setup.sector_gaps import communes_without_sector
from home.setup.views import PERMISSION, StepView
from portal.imports.apply import ImportBusy, PlanChanged
from portal.imports.contract import UnreadableFile
from portal.imports.progress import get_progress
from portal.imports.registry import get_import_type
from portal.imports.runs import confirm_import, fail_import, start_import
from portal.review.help_line_review import public_lines
from resources.finess.import_types import FINESS

_NAMED = 30


class DirectoryView(StepView):
    """FINESS asked for, received, read, compared, then written: each time in one click."""

    slug = "annuaire"
    actions = {
        "fetch": "fetch",
        "send": "send",
        "publish": "publish",
        "keep": "keep",
        "give_up": "give_up",
    }

    def fetch(self) -> None:
        """Ask for the file, unless it is on its way: two people may press at once."""
        latest = latest_finess_import()
        if stage_of(latest) in ("rien", "echec", "fait"):
            FinessImport.objects.create(user=self.request.user)  # type: ignore[misc]
        self.take_up()

    def send(self) -> dict[str, Any] | None:
        form = FinessFileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return {"form": form}
        file = form.cleaned_data["file"]
        try:
            if file.size > FINESS.megabytes * 1024**2:
                words = _("Ce fichier est trop gros : %(count)s Mo au plus.")
                raise UnreadableFile(words % {"count": FINESS.megabytes})
            run = start_import(FINESS, file.read(), file.name, {}, self.request.user)
        except UnreadableFile as mistake:
            form.add_error("file", str(mistake))
            return {"form": form}
        FinessImport.objects.create(
            user=self.request.user,  # type: ignore[misc]
            run=run,
            state=FinessImport.State.RECEIVED,
            received_at=timezone.now(),
        )
        self.take_up()
        return None

    def publish(self) -> None:
        self._confirm(publishes=True)

    def keep(self) -> None:
        self._confirm(publishes=False)

    def give_up(self) -> None:
        latest = latest_finess_import()
        if latest and latest.run and stage_of(latest) == "pret":
            fail_import(latest.run, _("Abandonné : rien n’a été écrit."))

    def _confirm(self, *, publishes: bool) -> None:
        """What is on screen is what is written: somebody may have asked for another since."""
        latest = latest_finess_import()
        if latest is None or latest.run is None or stage_of(latest) != "pret":
            return
        run, user = latest.run, self.request.user
        if self.request.POST.get("seen") != run.digest:
            return
        target = get_import_type(run.kind).target
        if not target.allows(user):
            raise PermissionDenied
        run.user = latest.user = user  # type: ignore[assignment]
        latest.publishes = publishes and target.may_publish(user)
        latest.save(update_fields=["user", "publishes"])
        try:
            confirm_import(run, latest.publishes)
        except ImportBusy:
            messages.warning(self.request, _("Un autre import est en cours : essayez bientôt."))
        except (PlanChanged, UnreadableFile):
            messages.warning(self.request, _("Le portail a changé entre-temps. Relisez."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        fetch = latest_finess_import()
        stage = stage_of(fetch)
        published, unverified = directory_counts()
        gaps = communes_without_sector()
        context.setdefault("form", FinessFileForm())
        context |= {
            "fetch": fetch,
            "stage": stage,
            "progress_url": reverse("setup:finess_progress"),
            "published": published,
            "unverified": unverified,
            "gaps": gaps[:_NAMED],
            "gap_count": len(gaps),
            "sectors_url": get_import_type("secteurs").url,
            "table_url": get_import_type("annuaire").url,
            "help_lines": public_lines().count(),
        } | progress_context(fetch, stage)
        if fetch and fetch.run and stage in ("pret", "fait", "publication"):
            context["summary"] = summarise(fetch.run)
            context["run_url"] = reverse("imports:run", args=[fetch.run.kind, fetch.run.uuid])
        return context


def progress_context(fetch: FinessImport | None, stage: str) -> dict[str, Any]:
    """What the part that asks for itself again takes."""
    context: dict[str, Any] = {"fetch": fetch, "stage": stage}
    if fetch and fetch.run and stage in ("lecture", "ecriture"):
        context["import_progress"] = get_progress(fetch.run)
    if fetch and stage == "publication":
        context["left_to_publish"] = left_to_publish(fetch)
    return context


class FinessProgressView(TemplateView):
    """How far FINESS is, alone: asked for again every three seconds."""

    template_name = "home/setup/finess_progress.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fetch = latest_finess_import()
        return super().get_context_data(**kwargs) | progress_context(fetch, stage_of(fetch))
