"""``/api/ptsm.json``: this PTSM in one record, for a national map of all of them.

Roles and generic addresses only: nobody is named. What is not published is null.
"""

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.open_data.querysets import published_actions, published_recommendations, roadmap_stamp
from actions.open_data.rows import progress_of
from home.choices import GovernanceAim, MeetingFrequency
from home.models import PtsmPage
from portal.api import openapi
from portal.api.decorators import (
    FILES_A_MINUTE,
    HOUR,
    about,
    as_json,
    if_changed,
    public_data,
    stamp,
    state_of,
    too_many,
)
from portal.api.openapi import Described, Export, Schema, list_of, object_of, ref
from portal.base.choices import Public
from portal.base.models import PortalSettings
from portal.exports.streaming import JSON
from portal.geo.departments import departments
from portal.geo.models import Territory
from resources.open_data.querysets import directory_stamp, open_entries

#: The version of this record: a map that gathers them knows what it reads.
FORMAT = "ptsm-1.0"


@public_data(HOUR)
def ptsm(request: HttpRequest) -> HttpResponseBase:
    if refused := too_many(request, "export", FILES_A_MINUTE):
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
                "frequence": body.frequency or None,
                "derniere_reunion": body.last_meeting,
                "prochaine_reunion": body.next_meeting,
            }
            for body in page.bodies.all()
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


def _export(request: HttpRequest, export: Export) -> dict[str, Any]:
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


# How it is described


def paths() -> dict[str, Schema]:
    summary = _("Ce PTSM en une fiche, pour une carte nationale")
    return {"/api/ptsm.json": openapi.reading("ptsm", summary, {JSON: ref("Ptsm")})}


def schemas() -> dict[str, Schema]:
    text: Schema = {"type": "string"}
    maybe: Schema = {"type": ["string", "null"]}
    count: Schema = {"type": "integer", "minimum": 0}
    uri: Schema = {"type": "string", "format": "uri"}
    uuid: Schema = {"type": "string", "format": "uuid"}
    address = object_of(format=text, adresse=uri)
    record = openapi.about_properties() | {
        "format": {"const": FORMAT},
        "departement": object_of(code=text, nom=maybe),
        "portail": object_of(nom=text, adresse=uri),
        "ptsm": {"oneOf": [ref("Project"), {"type": "null"}]},
        "coordination": object_of(role=maybe, structure=maybe, courriel=maybe, telephone=maybe),
        "territoires": list_of(
            object_of(id=uuid, nom=text, code=text, valide={"type": "boolean"}, communes=count)
        ),
        "annuaire": object_of(
            fiches=count, par_type={"type": "object", "additionalProperties": count}
        ),
        "actions": ref("Progress"),
        "recommandations": count,
        "donnees": list_of(
            object_of(
                titre=text,
                licence=text,
                adresses=list_of(address),
                date={"type": "string", "format": "date"},
            )
        ),
    }
    return {"Ptsm": object_of(**record), "Project": _project_schema()}


def _project_schema() -> Schema:
    text: Schema = {"type": ["string", "null"]}
    year: Schema = {"type": ["integer", "null"], "description": _("Nul : pas encore publié.")}
    day: Schema = {"type": ["string", "null"], "format": "date"}
    body = object_of(
        nom={"type": "string"},
        but={"type": "string", "enum": GovernanceAim.values},
        frequence={"type": ["string", "null"], "enum": [*MeetingFrequency.values, None]},
        derniere_reunion=day,
        prochaine_reunion=day,
    )
    return object_of(
        id={"type": "string", "format": "uuid"},
        titre={"type": "string"},
        resume=text,
        lien={"type": "string", "format": "uri"},
        generation=year,
        premiere_annee=year,
        derniere_annee=year,
        cadre=text,
        porte_par=text,
        publics=list_of({"type": "string", "enum": Public.values}),
        lettre_de_mission={"type": ["boolean", "null"]},
        gouvernance=list_of(body),
        modifie_le=day,
    )


def exports() -> list[Export]:
    return [
        Export(
            _("La fiche du PTSM"),
            _("Pour une carte nationale : département, dates, coordination, chiffres, adresses."),
            (("JSON", reverse("ptsm_json")),),
        )
    ]


openapi.register_open_api(Described("ptsm", paths, schemas, exports))
