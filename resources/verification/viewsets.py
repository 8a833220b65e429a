"""« À appeler » and « Vérifications », for the coordinator."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.base.admin_menu import report_urls
from portal.exports.admin_export import HarmlessExportMixin
from resources.editor_choices import VerificationMethod
from resources.models import ResourcePage, Verification, VerificationRequest
from resources.verification.call_list import (
    format_verified,
    get_call_item,
    get_call_list,
    log_unreachable,
)
from resources.verification.schedule import CALLED_AGAIN_AFTER, verifiable_entries
from resources.verification.services import confirm_entry

POLICY = ModelPermissionPolicy(VerificationRequest)


class CallPermissionMixin(PermissionCheckedMixin):
    """Lets in those who may change verification requests: the coordination."""

    permission_policy = POLICY
    any_permission_required = ("change",)


class TemplateColumn(Column):
    """A cell with its own template; the row is ``call``."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"resources/verification/admin/{template}.html"


def _edit_url(entry: ResourcePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[entry.pk])


class CallListView(HarmlessExportMixin, CallPermissionMixin, ReportView):
    """Entries that are due and that no message can settle, the oldest first."""

    index_url_name = "directory_calls"
    index_results_url_name = "directory_calls_results"
    page_title = gettext_lazy("À appeler")
    header_icon = "mobile-alt"
    default_ordering = None
    columns = [
        TemplateColumn("title", "entry_cell", label=gettext_lazy("Qui appeler")),
        Column("verified", label=gettext_lazy("Vérifiée"), accessor=format_verified),
        TemplateColumn("reasons", "reasons_cell", label=gettext_lazy("Pourquoi, et après l’appel")),
    ]
    list_export = ["title", "phones", "verified", "reasons", "commune"]
    export_filename = "a-appeler"
    export_headings = {
        "title": gettext_lazy("Fiche"),
        "phones": gettext_lazy("Téléphone"),
        "verified": gettext_lazy("Vérifiée"),
        "reasons": gettext_lazy("Pourquoi appeler"),
        "commune": gettext_lazy("Commune"),
    }

    def get_base_queryset(self) -> QuerySet[ResourcePage]:
        return get_call_list(timezone.now()).select_related("commune")

    def order_queryset(self, queryset: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
        return queryset

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> Sequence[Any]:
        for entry in object_list:
            entry.call, entry.edit_url = get_call_item(entry), _edit_url(entry)
        return object_list

    def to_row_dict(self, item: ResourcePage) -> dict[str, Any]:
        call = get_call_item(item)
        phones = [f"{one.number} ({one.label})" if one.label else one.number for one in call.phones]
        return {
            "title": item.title,
            "phones": ", ".join(phones),
            "verified": format_verified(item),
            "reasons": " ".join(call.reasons),
            "commune": item.commune_name,
        }


class PhoneVerificationForm(forms.Form):
    role = forms.CharField(
        label=gettext_lazy("Qui a répondu ?"),
        max_length=120,
        help_text=gettext_lazy(
            "Un rôle, jamais un nom : « l’accueil », « le cadre de santé ». Il est montré sur la "
            "fiche : « vérifiée le … par … »."
        ),
        error_messages={"required": gettext_lazy("Dites le rôle de la personne qui a répondu.")},
    )


class VerifiedByPhoneView(CallPermissionMixin, WagtailAdminTemplateMixin, FormView):
    """« Vérifiée au téléphone »: by whom, told by a role."""

    form_class = PhoneVerificationForm
    template_name = "resources/verification/admin/confirm_by_phone.html"
    page_title = gettext_lazy("Vérifiée au téléphone")
    header_icon = "check"
    _show_breadcrumbs = True

    @cached_property
    def entry(self) -> ResourcePage:
        return get_object_or_404(verifiable_entries(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.entry.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        calls = {"url": reverse("directory_calls"), "label": _("À appeler")}
        return [*self.breadcrumbs_items, calls, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"call": get_call_item(self.entry), "edit_url": _edit_url(self.entry)}

    def form_valid(self, form: PhoneVerificationForm) -> HttpResponse:
        user: Any = self.request.user
        confirm_entry(
            self.entry, role=form.cleaned_data["role"], how=VerificationMethod.PHONE, user=user
        )
        words = _("« %(title)s » est vérifiée aujourd’hui.") % {"title": self.entry.title}
        messages.success(self.request, words)
        return redirect(get_valid_next_url_from_request(self.request) or "directory_calls")


class UnreachableView(CallPermissionMixin, View):
    """« Injoignable »: noted, and asked again in two weeks."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(verifiable_entries(), pk=pk)
        log_unreachable(entry, request.user)  # type: ignore[arg-type]
        words = _("« %(title)s » reviendra dans la liste dans %(days)s jours.") % {
            "title": entry.title,
            "days": CALLED_AGAIN_AFTER.days,
        }
        messages.success(request, words)
        return redirect(get_valid_next_url_from_request(request) or "directory_calls")


def _entry_url(row: Verification) -> str:
    return _edit_url(row.entry)


def _say_answer(row: Verification) -> str:
    return _("rien à changer") if row.nothing_changed else _("des changements")


class VerificationListView(HarmlessExportMixin, CallPermissionMixin, ReportView):
    """What structures answered, and in which way; the latest first."""

    index_url_name = "directory_verifications"
    index_results_url_name = "directory_verifications_results"
    page_title = gettext_lazy("Vérifications")
    header_icon = "check"
    default_ordering = "-on"
    columns = [
        DateColumn("on", label=gettext_lazy("Le"), sort_key="on"),
        TitleColumn("entry", label=gettext_lazy("Fiche"), get_url=_entry_url),
        Column("role", label=gettext_lazy("Par")),
        Column("how", label=gettext_lazy("Comment"), accessor="get_how_display", sort_key="how"),
        Column(
            "nothing_changed",
            label=gettext_lazy("Ce qui a été dit"),
            accessor=lambda row: (
                _("rien à changer") if row.nothing_changed else _("des changements")
            ),
        ),
    ]
    list_export = ["on", "entry", "role", "get_how_display", "nothing_changed"]
    export_filename = "verifications"
    export_headings = {
        "on": gettext_lazy("Le"),
        "entry": gettext_lazy("Fiche"),
        "role": gettext_lazy("Par"),
        "get_how_display": gettext_lazy("Comment"),
        "nothing_changed": gettext_lazy("Rien à changer"),
    }

    def get_base_queryset(self) -> QuerySet[Verification]:
        return Verification.objects.select_related("entry").order_by("-on", "-pk")


def admin_urls() -> list[URLPattern]:
    act = "annuaire/a-appeler/<int:pk>"
    return [
        *report_urls("annuaire/a-appeler/", CallListView),
        path(f"{act}/verifiee/", VerifiedByPhoneView.as_view(), name="directory_call_verified"),
        path(f"{act}/injoignable/", UnreachableView.as_view(), name="directory_call_unreachable"),
        *report_urls("annuaire/verifications/", VerificationListView),
    ]
