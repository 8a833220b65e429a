"""``/api/ptsm.json``: this PTSM in one record, for a national map of all of them.

Roles and generic addresses only: nobody is named. What is not published is null.
"""

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from actions.open_data.querysets import published_actions, published_recommendations, roadmap_stamp
from actions.open_data.rows import progress_of
from home.models import PtsmPage
from home.models.meeting import give_meetings
from portal.api import openapi
from portal.api.decorators import (
    HOUR,
    about,
    as_json,
    if_changed,
    public_data,
    stamp,
    state_of,
    too_many,
)
from portal.api.openapi_file import DataExport
from portal.base.models import PortalSettings
from portal.geo.departments import departments
from portal.geo.models import Territory
from resources.open_data.querysets import directory_stamp, open_entries

#: The version of this record: a map that gathers them knows what it reads.
FORMAT = "ptsm-1.0"


@public_data(HOUR)
def ptsm(request: HttpRequest) -> HttpResponseBase:
    if refused := too_many(request, "data_files"):
        return refused
    portal = PortalSettings.load()
    territories = list(_territories())
    etag = stamp(
        FORMAT,
        directory_stamp(),
        roadmap_stamp(),
        *state_of(_pages()),
        *(getattr(portal, name) for name in _PORTAL_FIELDS),
        *((one.name, one.is_confirmed, one.size) for one in territories),
    )
    return if_changed(request, etag, lambda: as_json(record(request, territories)))


_PORTAL_FIELDS = ("site_name", "department_name", "contact_email", "contact_phone", "operator")


def _pages() -> QuerySet[PtsmPage]:
    pages = PtsmPage.objects.live().public()
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)


def _territories() -> QuerySet[Territory]:
    return Territory.objects.annotate(size=Count("communes"))


def record(request: HttpRequest, territories: list[Any]) -> dict[str, Any]:
    portal = PortalSettings.load()
    page = _pages().first()
    code = settings.PORTAL_DEPARTEMENT
    home = departments().get(code)
    name = portal.department_name or (home.name if home else "")
    return {
        **about(request),
        "format": FORMAT,
        "departement": {"code": code, "nom": name or None},
        "portail": {"nom": portal.site_name, "adresse": request.build_absolute_uri("/")},
        "ptsm": _project(page) if page else None,
        "coordination": _coordination(page, portal),
        "territoires": [_territory(one) for one in territories],
        "annuaire": _directory(),
        "actions": progress_of(published_actions().progress_summary()),
        "recommandations": published_recommendations().count(),
        "donnees": [_export(request, export) for export in openapi.exports()],
    }


def _project(page: Any) -> dict[str, Any]:
    return {
        "id": str(page.uuid),
        "titre": page.title,
        "resume": page.summary or None,
        "lien": page.full_url,
        "generation": page.generation,
        "premiere_annee": page.period_start,
        "derniere_annee": page.period_end,
        "cadre": page.framework or None,
        "porte_par": page.steering or None,
        "publics": page.publics,
        "lettre_de_mission": page.has_mission_letter,
        # Members stay on the page: they may be people.
        "gouvernance": [
            {
                "nom": body.name,
                "but": body.aim,
                "autres_buts": [aim for aim in body.aims if aim != body.aim],
                "places": body.seats[1] if body.seats else None,
                "places_personnes_concernees": body.seats[0] if body.seats else None,
                "frequence": body.frequency or None,
                "derniere_reunion": body.last_meeting,
                "prochaine_reunion": body.next_meeting,
            }
            for body in give_meetings(page.bodies.all())
        ],
        "modifie_le": page.updated_on,
    }


def _coordination(page: Any, portal: PortalSettings) -> dict[str, Any]:
    return {
        "role": (page.lead_role if page else "") or None,
        "structure": portal.operator or None,
        "courriel": portal.contact_email or None,
        "telephone": portal.contact_phone or None,
    }


def _territory(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.uuid),
        "nom": one.name,
        "code": one.slug,
        "valide": one.is_confirmed,
        "communes": one.size,
    }


def _directory() -> dict[str, Any]:
    """How many entries, by type; examples are not counted."""
    rows = open_entries().order_by().values_list("type__code").annotate(number=Count("pk"))
    by_type = dict(sorted(rows))
    return {"fiches": sum(by_type.values()), "par_type": by_type}


def _export(request: HttpRequest, export: DataExport) -> dict[str, Any]:
    addresses = [
        {"format": name, "adresse": request.build_absolute_uri(path)}
        for name, path in export.addresses
    ]
    return {
        "titre": export.title,
        "licence": openapi.licence(),
        "adresses": addresses,
        "date": timezone.localdate(),
    }
