"""« Traductions à revoir »: the report, and the screen that compares."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.compare import diff_text
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from portal.exports.admin_export import HarmlessExportMixin
from portal.translations.following import is_source, other_versions
from portal.translations.models import TranslationState
from portal.translations.texts import compare_texts


class TranslationPermissionMixin(PermissionCheckedMixin):
    """For those who may write pages."""

    permission_policy = PagePermissionPolicy()
    any_permission_required = ("add", "change", "publish")


def title_of(state: TranslationState) -> str:
    translation: Any = state.translation
    named = getattr(translation, "get_admin_display_title", translation.__str__)
    return _("%(title)s (%(language)s)") % {
        "title": named(),
        "language": translation.locale.get_display_name(),
    }


def person(user: AbstractBaseUser | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""  # type: ignore[attr-defined]


class TranslationReviewReport(HarmlessExportMixin, TranslationPermissionMixin, ReportView):
    """The translations whose source has changed since they were read against it."""

    index_url_name = "translation_review"
    index_results_url_name = "translation_review_results"
    page_title = gettext_lazy("Traductions à revoir")
    header_icon = "wagtail-localize-language"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Page"),
            accessor=title_of,
            get_url=lambda state: reverse("translation_compare", args=[state.pk]),
        ),
        DateColumn("changed_at", label=gettext_lazy("Le français a changé")),
        Column(
            "changed_by",
            label=gettext_lazy("Changé par"),
            accessor=lambda state: person(state.changed_by),
        ),
        DateColumn("read_at", label=gettext_lazy("Relue pour la dernière fois")),
    ]
    list_export = ["__str__", "changed_at", "read_at"]
    export_filename = "traductions-a-revoir"

    def get_base_queryset(self) -> QuerySet[TranslationState]:
        return pending_states()

    def order_queryset(self, queryset: QuerySet[TranslationState]) -> QuerySet[TranslationState]:
        return queryset


def pending_states() -> QuerySet[TranslationState]:
    states = TranslationState.objects.to_review().select_related("changed_by", "read_by")
    return states.prefetch_related("translation__locale")


class TranslationCompareView(TranslationPermissionMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the source said and says, beside the translation; POST: somebody has read it again."""

    template_name = "translations/admin/compare.html"
    header_icon = "wagtail-localize-language"
    page_title = gettext_lazy("Ce qui a changé en français")

    @cached_property
    def state(self) -> TranslationState:
        return get_object_or_404(TranslationState, pk=self.kwargs["pk"])

    @cached_property
    def translation(self) -> Any:
        found: Any = self.state.translation
        return getattr(found, "specific", found)

    def get_page_subtitle(self) -> str:
        return title_of(self.state)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("translation_review"), "label": _("Traductions à revoir")},
            {"url": "", "label": title_of(self.state)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.state
        source = next(filter(is_source, other_versions(self.translation)), self.translation)
        rows = compare_texts(state.read_texts, state.source_texts, self.translation, type(source))
        finder = AdminURLFinder(self.request.user)
        return super().get_context_data(**kwargs) | {
            "state": state,
            "moment": _moment(state),
            "rows": [(row, diff_text(row.before, row.after).to_html()) for row in rows],
            "changed_by": person(state.changed_by),
            "read_by": person(state.read_by),
            "edit_url": finder.get_edit_url(self.translation),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Read against what is compared on the screen; a change made since stays to be read."""
        state = self.state
        if AdminURLFinder(request.user).get_edit_url(self.translation) is None:
            messages.error(request, _("Vous ne pouvez pas modifier cette page."))
        elif request.POST.get("changed_at") != _moment(state):
            messages.warning(request, _("Le français vient de changer encore : relisez."))
            return redirect("translation_compare", state.pk)
        else:
            state.mark_read(request.user)
            state.save()
            words = _("%(title)s : relue, elle suit le français d’aujourd’hui.")
            messages.success(request, words % {"title": title_of(state)})
        return redirect(get_valid_next_url_from_request(request) or "translation_review")


def _moment(state: TranslationState) -> str:
    return state.changed_at.isoformat() if state.changed_at else ""


class SubmitPageView(SubmitPageTranslationView):
    """« Traduire »: only the languages in which the page has no version, of any type, yet."""

    def get_form(self) -> Any:
        form = super().get_form()
        same = Page.objects.filter(
            translation_key=self.object.translation_key, alias_of__isnull=True
        )
        locales = form.fields["locales"]
        locales.queryset = locales.queryset.exclude(pk__in=same.values("locale"))
        return form
