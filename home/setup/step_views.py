"""The steps that have few things of their own."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from wagtail.admin import messages

from actions.models import Priority, RecommendationPage
from home.models import PtsmPage
from home.setup.forms import IdentityForm, TerritoryForm
from home.setup.pages import LEGAL_PAGES, seeded_page
from home.setup.territories import TerritoryInUse, propose_territories, save_territories
from home.setup.views import StepView
from portal.base.models import PortalSettings
from portal.base.publication import find_placeholders
from portal.geo.models import Territory
from portal.sign_in.second_factor import count_accounts


class IdentityView(StepView):
    slug = "qui-etes-vous"
    actions = {"save": "save"}

    def save(self) -> dict[str, Any] | None:
        form = IdentityForm(self.request.POST, instance=PortalSettings.load())
        if not form.is_valid():
            return {"form": form}
        form.save()
        self.take_up()
        messages.success(self.request, _("C’est enregistré : le public le voit déjà."))
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("form", IdentityForm(instance=PortalSettings.load()))
        return context


class TerritoriesView(StepView):
    slug = "territoires"
    actions = {"propose": "propose", "save": "save"}

    def propose(self) -> None:
        count = propose_territories()
        messages.success(self.request, _("%(count)s territoires proposés.") % {"count": count})

    def save(self) -> dict[str, Any] | None:
        forms = self._forms(self.request.POST)
        if any([not form.is_valid() for form in forms]):  # noqa: C419, each says its own mistakes
            return {"forms": forms}
        try:
            save_territories(forms)
        except TerritoryInUse as reason:
            messages.error(self.request, str(reason))
            return {"forms": forms}
        self.take_up()
        messages.success(self.request, _("Le découpage est validé."))
        return None

    def _forms(self, data: Any = None) -> list[TerritoryForm]:
        rows = Territory.objects.annotate(commune_count=Count("communes"))
        return [TerritoryForm(data, prefix=f"t{row.pk}", territory=row) for row in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "forms" not in context:
            context["forms"] = self._forms()
        return context


class ProjectView(StepView):
    slug = "projet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "priorities": Priority.objects.filter(locale__language_code="fr"),
            "ptsm": PtsmPage.objects.filter(locale__language_code="fr").order_by("path").first(),
            "recommendations": RecommendationPage.objects.count(),
        }


class LegalView(StepView):
    slug = "pages-legales"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = []
        for key, label in LEGAL_PAGES.items():
            page = seeded_page(key)
            draft = page.get_latest_revision_as_object() if page else None
            left = list(find_placeholders(draft).values()) if draft else []
            rows.append({"label": label, "page": page, "left": left})
        return super().get_context_data(**kwargs) | {"rows": rows}


class PeopleView(StepView):
    slug = "collegues"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"accounts": count_accounts()}
