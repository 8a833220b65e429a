"""The editor's screens of sectors that Wagtail does not make by itself."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from portal.exports.streaming import CSV, csv_chunks, streaming_response
from resources.models import Sector, SectorCommune
from resources.sectors.import_reader import HEADINGS
from resources.sectors.import_types import SECTORS


class SectorIndexView(IndexView):
    """The list of sectors, with the way to its file."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if SECTORS.target.allows(self.request.user):
            words = _("Importer un tableau (CSV ou XLSX)")
            buttons.append(Button(words, url=SECTORS.url, icon_name="upload", priority=90))
        return buttons


class SectorTemplateView(PermissionCheckedMixin, View):
    """The file to fill: the sectors as they are."""

    permission_policy = ModelPermissionPolicy(Sector)
    any_permission_required = ("add", "change", "view")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        return streaming_response(csv_chunks(HEADINGS, _rows()), CSV, "secteurs.csv")


def _rows() -> Iterator[list[Any]]:
    rows = SectorCommune.objects.select_related("sector").order_by("sector__code", "sort_order")
    for row in rows:
        sector = row.sector
        yield [
            sector.code, sector.audience, sector.name, row.commune_id, row.part, row.note,
            sector.source, sector.source_date or "",
        ]  # fmt: skip
