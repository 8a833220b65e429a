"""The roadmap's open data, as OpenAPI and the page of the data tell them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from actions.choices import (
    ActionOrigin,
    ActionStatus,
    IndicatorDirection,
    ParticipationLevel,
    RecommendationResponse,
)
from portal.api.openapi import (
    Described,
    Export,
    Schema,
    about_properties,
    list_of,
    object_of,
    reading,
    ref,
    register_open_api,
)
from portal.base.choices import Public
from portal.exports.streaming import CSV, JSON

_STR: Schema = {"type": "string"}
_TEXT: Schema = {"type": ["string", "null"]}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_NUMBER: Schema = {"type": ["number", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_RANK: Schema = {"type": ["integer", "null"]}
_YES: Schema = {"type": "boolean"}
_UUID: Schema = {"type": "string", "format": "uuid"}
_URI: Schema = {"type": "string", "format": "uri"}


def _one_of(choices: list[str]) -> Schema:
    return {"type": "string", "enum": choices}


def paths() -> dict[str, Schema]:
    actions, roadmap = _("Les fiches-actions publiées"), _("La feuille de route et ses réponses")
    return {
        "/api/actions.json": reading("actions_json", actions, {JSON: ref("Actions")}),
        "/api/actions.csv": reading("actions_csv", actions, {CSV: _STR}),
        "/api/feuille-de-route.json": reading("roadmap_json", roadmap, {JSON: ref("Roadmap")}),
        "/api/feuille-de-route.csv": reading("roadmap_csv", roadmap, {CSV: _STR}),
    }


def schemas() -> dict[str, Schema]:
    about = about_properties()
    return {
        "Actions": object_of(**about, actions=list_of(ref("Action"))),
        "Action": _action(),
        "Indicator": _indicator(),
        "Progress": object_of(
            actions=_COUNT,
            en_retard=_COUNT,
            par_etat=object_of(**dict.fromkeys(ActionStatus.values, _COUNT)),
            phrase=_STR,
        ),
        "Roadmap": object_of(
            **about,
            avancement=ref("Progress"),
            priorites=list_of(ref("Priority")),
            recommandations=list_of(ref("Recommendation")),
        ),
        "Priority": object_of(
            numero=_COUNT,
            titre=_STR,
            titre_simple=_STR,
            visee=_TEXT,
            article=_TEXT,
            avancement=ref("Progress"),
        ),
        "Recommendation": _recommendation(),
    }


def _action() -> Schema:
    step = object_of(titre=_STR, echeance=_DAY, periode=_TEXT, faite_le=_DAY, en_retard=_YES)
    return object_of(
        id=_UUID,
        reference=_STR,
        titre=_STR,
        resume=_TEXT,
        lien=_URI,
        priorite=_RANK,
        etat=_one_of(ActionStatus.values),
        etat_libelle=_STR,
        raison=_TEXT,
        pourquoi=_TEXT,
        objectifs=list_of(_STR),
        en_retard=_YES,
        debut=_DAY,
        fin_prevue=_DAY,
        fin_reelle=_DAY,
        prochain_point=_DAY,
        etapes=list_of(step),
        etapes_faites=_COUNT,
        etapes_total=_COUNT,
        pilotes=list_of(_STR),
        copilotes=list_of(_STR),
        partenaires=list_of(_STR),
        financeurs=list_of(object_of(nom=_STR, montant=_NUMBER, annee=_RANK)),
        publics=list_of(_one_of(Public.values)),
        tout_le_departement=_YES,
        territoires=list_of(_STR),
        participation=_one_of(ParticipationLevel.values),
        participation_texte=_TEXT,
        indicateurs=list_of(ref("Indicator")),
        journal=list_of(object_of(date=_DAY, titre=_STR, texte=_TEXT)),
        lieux=list_of(object_of(id=_UUID, nom=_STR, lien=_URI, changement=_TEXT)),
        documents=list_of(object_of(titre=_STR, lien=_STR, date=_DAY)),
        recommandations=list_of(
            object_of(origine=_one_of(ActionOrigin.values), numero=_RANK, titre=_STR, lien=_URI)
        ),
        contact=_TEXT,
        source=_TEXT,
        modifiee_le=_DAY,
    )


def _indicator() -> Schema:
    return object_of(
        titre=_STR,
        unite=_TEXT,
        depart=_NUMBER,
        objectif=_NUMBER,
        objectif_pour_le=_DAY,
        sens=_one_of(IndicatorDirection.values),
        source=_TEXT,
        valeurs=list_of(object_of(date=_DAY, valeur=_NUMBER, commentaire=_TEXT)),
    )


def _recommendation() -> Schema:
    return object_of(
        id=_UUID,
        origine=_one_of(ActionOrigin.values),
        origine_libelle=_STR,
        numero=_RANK,
        titre=_STR,
        texte=_STR,
        source=_TEXT,
        source_url=_TEXT,
        reponse={"type": ["string", "null"], "enum": [*RecommendationResponse.values, None]},
        reponse_libelle=_STR,
        raison=_TEXT,
        instance=_TEXT,
        echeance=_DAY,
        etat=_STR,
        etat_libelle=_STR,
        actions=list_of(object_of(reference=_STR, titre=_STR, etat=_one_of(ActionStatus.values))),
        lien=_URI,
        modifiee_le=_DAY,
    )


def exports() -> list[Export]:
    return [
        Export(
            _("Les actions"),
            _("Chaque fiche-action : qui, quand, où, étapes, indicateurs, journal public."),
            (
                ("CSV", reverse("actions:actions_csv")),
                ("JSON", reverse("actions:actions_json")),
            ),
        ),
        Export(
            _("La feuille de route"),
            _("Les priorités, puis chaque recommandation, sa réponse, ses actions, leur état."),
            (
                ("CSV", reverse("actions:roadmap_csv")),
                ("JSON", reverse("actions:roadmap_json")),
            ),
        ),
    ]


register_open_api(Described("feuille-de-route", paths, schemas, exports))
