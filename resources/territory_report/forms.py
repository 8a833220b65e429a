"""Filters of the report, read from the address; an unknown value counts as none."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from resources.models import ResourceType
from resources.territory_report.distances import DISTANCES, USUAL
from resources.territory_report.report import TerritoryReport


def get_distance(query: QueryDict) -> int:
    return next((km for km in DISTANCES if str(km) == query.get("km")), USUAL)


def get_type(query: QueryDict, board: TerritoryReport) -> ResourceType | None:
    code = query.get("type", "").upper()
    return next((kind for kind in board.kinds if kind.code == code), None)


def get_filter_choices(
    board: TerritoryReport, kind: ResourceType | None
) -> dict[str, list[dict[str, Any]]]:
    """The options of the two lists of the screen."""
    kinds = [{"value": "", "label": _("Tous les types"), "selected": kind is None}]
    kinds += [
        {"value": one.code.lower(), "label": one.name, "selected": one == kind}
        for one in board.kinds
    ]
    kms = [
        {"value": km, "label": _("%(km)s km") % {"km": km}, "selected": km == board.km}
        for km in DISTANCES
    ]
    return {"kinds": kinds, "kms": kms}
