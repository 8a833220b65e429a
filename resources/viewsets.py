"""The editor's list of all the entries."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Locale

from resources.models import Referent, ResourcePage
from resources.referents.admin_forms import EntryFilterSet
from resources.referents.completeness import completeness


class FreshnessColumn(Column):
    def get_value(self, instance: ResourcePage) -> str:
        return str(instance.freshness.label)


class CareColumn(Column):
    """Something to see to, in words, or a dash."""

    cell_template_name = "resources/admin/care_cell.html"


class EntryIndexView(IndexView):
    """Entries in French, each with whom it may be asked of and what a reader would miss."""

    table_classname = f"{IndexView.table_classname} portal-stacked"
    show_locale_labels = False

    def get_base_queryset(self) -> QuerySet:
        entries = super().get_base_queryset().filter(locale=Locale.get_default())
        return entries.prefetch_related("type", "commune")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Three queries for the whole page: the list itself defers what completeness looks at."""
        context = super().get_context_data(**kwargs)
        shown = list(context["object_list"])
        whole = ResourcePage.objects.in_bulk([entry.pk for entry in shown])
        tended = Referent.objects.active().filter(entries__in=whole)
        is_door = Q(is_emergency=True) | Q(latest_revision__content__is_emergency=True)
        doors = set(ResourcePage.objects.filter(is_door, pk__in=whole).values_list("pk", flat=True))
        # Who they are is for those who look after referents; the others see that there is one.
        is_told = self.request.user.has_perm("resources.change_referent")
        names: dict[int, list[str]] = {}
        for pk, name in tended.values_list("entries", "name").order_by("name"):
            if is_told or pk not in names:
                names.setdefault(pk, []).append(name if is_told else str(_("oui")))
        for entry in shown:
            entry.known_door = entry.pk in doors
            entry.shown_referents = names.get(entry.pk, [])
            points = completeness(whole[entry.pk]).missing
            entry.shown_missing = [str(point.label) for point in points]
        return context


class ResourceListingViewSet(PageListingViewSet):
    """All the entries in one list, to see which ones need care."""

    model = ResourcePage
    menu_label = _("Fiches de l’annuaire")
    icon = "list-ul"
    menu_hook = "register_directory_menu_item"
    menu_order = 1
    index_view_class = EntryIndexView
    filterset_class = EntryFilterSet

    @cached_property
    def columns(self) -> list[Column]:
        first, last = IndexView.base_columns[:2], IndexView.base_columns[-1:]
        return [
            *first,
            Column("type", label=_("Type"), sort_key="type__order"),
            Column("commune", label=_("Commune"), sort_key="commune__slug"),
            FreshnessColumn("freshness", label=_("Vérification"), sort_key="verified_on"),
            CareColumn("shown_referents", label=_("Référent")),
            CareColumn("shown_missing", label=_("Il manque")),
            *last,
        ]
