"""The directory's open data, as OpenAPI and the page of the data tell them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api.openapi import (
    Described,
    Export,
    Schema,
    about_properties,
    in_query,
    list_of,
    object_of,
    reading,
    ref,
    register_open_api,
)
from portal.exports.streaming import CSV, GEOJSON, JSON
from resources.open_data.changelog import DAYS, KINDS
from resources.open_data.fields import FIELDS
from resources.open_data.views import XLSX

_DATA_INCLUSION = "https://github.com/gip-inclusion/data-inclusion-schema"


def paths() -> dict[str, Schema]:
    return {**_directory(), **_data_inclusion(), **_changes()}


def _directory() -> dict[str, Schema]:
    text: Schema = {"type": "string"}
    binary: Schema = {"type": "string", "format": "binary"}
    formats: list[tuple[str, str, Schema]] = [
        ("json", JSON, ref("Directory")),
        ("csv", CSV, text),
        ("xlsx", XLSX, binary),
        ("geojson", GEOJSON, ref("DirectoryMap")),
    ]
    return {
        f"/api/annuaire.{name}": reading(
            f"directory_{name}", _("Tout l’annuaire"), {media: schema}, _filters()
        )
        for name, media, schema in formats
    }


def _filters() -> list[Schema]:
    types = {"type": "array", "items": {"type": "string"}}
    text = {"type": "string"}
    return [
        in_query("type", _("Un code de type de lieu. Répété : l’un ou l’autre."), types),
        in_query(
            "territoire",
            _("Le nom d’un territoire dans les adresses : il y est ou le couvre."),
            text,
        ),
        in_query("commune", _("Un code INSEE : le lieu y est, ou dit qu’il la couvre."), text),
    ]


def _data_inclusion() -> dict[str, Schema]:
    thing = {"type": "object", "externalDocs": {"url": _DATA_INCLUSION}}
    words = {
        "structures": _("Les structures, au schéma data·inclusion v1"),
        "services": _("Leurs services, au schéma data·inclusion v1"),
    }
    return {
        f"/api/data-inclusion/{name}.json": reading(
            f"data_inclusion_{name}", text, {JSON: list_of(thing)}
        )
        for name, text in words.items()
    }


def _changes() -> dict[str, Schema]:
    since = in_query(
        "depuis",
        _("Un jour ; sans lui, les %(days)s derniers jours.") % {"days": DAYS},
        {"type": "string", "format": "date"},
    )
    return {
        "/api/changements.json": reading(
            "changes", _("Ce qui a changé dans l’annuaire"), {JSON: ref("Changes")}, [since]
        ),
        "/api/changements.xml": reading(
            "changes_atom",
            _("Les derniers changements, au format Atom"),
            {"application/atom+xml": {"type": "string"}},
        ),
    }


def schemas() -> dict[str, Schema]:
    entry = {field.name: field.schema | {"description": str(field.description)} for field in FIELDS}
    about = about_properties()
    return {
        "Directory": object_of(**about, fiches=list_of(ref("Entry"))),
        "DirectoryMap": object_of(
            type={"const": "FeatureCollection"}, **about, features=list_of(ref("EntryPoint"))
        ),
        "Entry": object_of(**entry),
        "EntryPoint": object_of(
            type={"const": "Feature"},
            id={"type": "string", "format": "uuid"},
            geometry={
                "type": ["object", "null"],
                "description": _("Nul quand l’adresse est secrète ou inconnue."),
            },
            properties=ref("Entry"),
        ),
        "Changes": object_of(
            **about,
            depuis={"type": "string", "format": "date"},
            changements=list_of(ref("Change")),
        ),
        "Change": object_of(**_change()),
    }


def _change() -> dict[str, Any]:
    text = {"type": ["string", "null"], "description": _("Nul quand la fiche a été retirée.")}
    return {
        "id": {"type": "string", "format": "uuid"},
        "changement": {"type": "string", "enum": list(KINDS)},
        "le": {"type": "string", "format": "date-time"},
        "nom": text,
        "type": text,
        "lien": text,
    }


def exports() -> list[Export]:
    names = {"CSV": "csv", "XLSX": "xlsx", "GeoJSON": "geojson", "JSON": "json"}
    every = tuple((name, reverse(f"resources:annuaire_{end}")) for name, end in names.items())
    return [
        Export(
            _("L’annuaire"),
            _(
                "Toutes les fiches publiques, pour un tableur, une carte ou un autre site. "
                "Au choix, un type (?type=gem), un territoire, une commune (?commune=13005)."
            ),
            every,
        ),
        Export(
            _("L’annuaire au schéma data·inclusion"),
            _("Pour les services de l’insertion : Dora, les emplois de l’inclusion, Soliguide."),
            (
                (_("Structures"), reverse("resources:di_structures")),
                (_("Services"), reverse("resources:di_services")),
            ),
        ),
        Export(
            _("Ce qui change"),
            _("Fiches publiées, modifiées, fermées ou retirées, pour tenir une copie à jour."),
            (
                ("JSON", reverse("resources:changes_json")),
                ("Atom", reverse("resources:changes_atom")),
            ),
        ),
    ]


register_open_api(Described("annuaire", paths, schemas, exports))
