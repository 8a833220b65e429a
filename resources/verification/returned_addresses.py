"""« Adresses qui ne reçoivent plus », in the Reports menu: of structures and of referents."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from portal.exports.admin_export import HarmlessExportMixin
from portal.mail.models import OutgoingMessage
from portal.text.date_format import format_date
from resources.models import Referent, ResourcePage
from resources.verification.schedule import verifiable_entries
from resources.verification.viewsets import CallPermissionMixin


def newest_returns() -> dict[str, int]:
    """The last message that came back from each address, in small letters."""
    returned = OutgoingMessage.objects.exclude(returned_at=None).order_by("returned_at")
    return {address.lower(): pk for pk, address in returned.values_list("pk", "address")}


def entries_of_addresses(addresses: Sequence[str]) -> QuerySet[ResourcePage]:
    """The verifiable entries whose generic address is one of these, given in small letters."""
    if not addresses:
        return ResourcePage.objects.none()
    return verifiable_entries().alias(box=Lower("email")).filter(box__in=addresses)


def unreachable_entries() -> QuerySet[ResourcePage]:
    return entries_of_addresses(list(newest_returns()))


class ReturnedAddressesView(HarmlessExportMixin, CallPermissionMixin, ReportView):
    """Whose address refused the portal's last message, since when, and what to do about it."""

    index_url_name = "returned_addresses"
    index_results_url_name = "returned_addresses_results"
    page_title = gettext_lazy("Adresses qui ne reçoivent plus")
    header_icon = "mail"
    default_ordering = None
    columns = [
        TitleColumn("who", label=gettext_lazy("Qui"), get_url=lambda row: row.edit_url),
        Column("day", label=gettext_lazy("Depuis le")),
        Column("answer", label=gettext_lazy("Réponse du serveur")),
        Column("to_do", label=gettext_lazy("Ce qu’il faut faire")),
    ]
    list_export: list[str] = []

    def get_base_queryset(self) -> QuerySet[OutgoingMessage]:
        newest = newest_returns()
        boxes = entries_of_addresses(list(newest)).values_list("email", flat=True)
        people = Referent.objects.unreachable().values_list("email", flat=True)
        known = {address.lower() for address in (*boxes, *people)}
        rows = OutgoingMessage.objects.filter(pk__in=[newest[one] for one in known])
        return rows.order_by("-returned_at")

    def order_queryset(self, queryset: QuerySet[OutgoingMessage]) -> QuerySet[OutgoingMessage]:
        return queryset

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> Sequence[Any]:
        addresses = [row.address.lower() for row in object_list]
        referents = {
            one.email.lower(): one
            for one in Referent.objects.unreachable().prefetch_related("entries")
        }
        boxes: dict[str, list[ResourcePage]] = {}
        for entry in entries_of_addresses(addresses):
            boxes.setdefault(entry.email.lower(), []).append(entry)
        for row, address in zip(object_list, addresses, strict=True):
            _describe(row, referents.get(address), boxes.get(address, []))
        return object_list


def _describe(row: Any, referent: Referent | None, entries: list[ResourcePage]) -> None:
    row.day = format_date(row.returned_at)
    if referent:
        places = ", ".join(entry.title for entry in referent.entries.all())
        row.who = f"{referent.name} ({places})" if places else referent.name
        row.edit_url = reverse("referents:edit", args=[referent.pk])
        row.to_do = _(
            "Appelez la structure. Corrigez l’adresse du référent puis invitez-le à nouveau, ou "
            "dites « Est parti »."
        )
        return
    row.who = ", ".join(entry.title for entry in entries)
    row.edit_url = reverse("wagtailadmin_pages:edit", args=[entries[0].pk])
    phones = " / ".join(dict.fromkeys(entry.phone for entry in entries if entry.phone))
    row.to_do = (
        _("Appelez la structure au %(phone)s et corrigez l’adresse de la fiche.")
        % {"phone": phones}
        if phones
        else _("Trouvez un autre contact de la structure et corrigez l’adresse de la fiche.")
    )
