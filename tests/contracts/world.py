"""A small directory that every engine is asked about. Nothing in it exists."""

from typing import Any

from portal.geo.place import Place, PlaceMode
from search.contracts import SearchDocument

AUBAGNE = Place(code="13005", name="Aubagne", lat=43.2909, lon=5.5709, codes=("13005",))
MARSEILLE = Place(
    code="13055",
    name="Marseille",
    lat=43.3,
    lon=5.3806,
    codes=("13055", "13201", "13205", "13213"),
)
DEPARTMENT = Place(code="13", name="Bouches-du-Rhône", mode=PlaceMode.DEPARTMENT, lat=43.5, lon=5.1)


def document(key: str, **details: Any) -> SearchDocument:
    """A document with what a test does not care about filled in."""
    given = {"kind": "PAGE_INFO", "title": key, "url": f"/{key}/", "language": "fr"}
    return SearchDocument(key=key, **(given | details))


def entry(key: str, kind: str, title: str, at: tuple[str, float, float] | None, **details: Any):
    """An entry of the directory, in a commune."""
    code, lat, lon = at or ("", None, None)
    place = {"lat": lat, "lon": lon, "communes": (code,) if code else ()}
    given = {"is_entry": True, "kind": kind, "title": title, **place}
    return document(key, **(given | details))


_AUBAGNE = ("13005", 43.2927, 5.5708)
_MARSEILLE_5 = ("13205", 43.2925, 5.3989)
_MARSEILLE_13 = ("13213", 43.3494, 5.4365)
_MARTIGUES = ("13056", 43.4053, 5.0476)
_ARLES = ("13004", 43.6768, 4.6277)
_CMP = "centre médico-psychologique"

WORLD = [
    entry(
        "cmp-aubagne",
        "CMP",
        "Centre médico-psychologique La Garenne",
        _AUBAGNE,
        kind_words=_CMP,
        summary="Consultations de psychiatrie pour les adultes du secteur d’Aubagne.",
        body="On y soigne la dépression, l’anxiété et les troubles du sommeil.",
        facets={"public": ("adultes",), "pratique": ("gratuit", "pmr"), "age": ("18-64",)},
        page_id=101,
    ),
    entry(
        "cmp-marseille",
        "CMP",
        "CMP Bellevue",
        _MARSEILLE_5,
        kind_words=_CMP,
        summary="Équipe de psychiatrie générale, sur rendez-vous.",
        facets={"public": ("adultes",), "pratique": ("gratuit",), "age": ("18-64",)},
    ),
    entry(
        "cmp-arles",
        "CMP",
        "CMP Les Alyscamps",
        _ARLES,
        kind_words=_CMP,
        summary="Consultations sur rendez-vous ; groupe de parole sur le sommeil.",
        facets={"public": ("adultes",), "pratique": ("gratuit", "pmr"), "langue": ("en",)},
    ),
    entry(
        "cmpea-aubagne",
        "CMPEA",
        "Centre de consultation pour enfants L’Éveil",
        _AUBAGNE,
        summary="Consultations pour les enfants et leurs parents.",
        facets={"public": ("enfants", "adolescents"), "pratique": ("gratuit",), "age": ("3-11",)},
    ),
    entry(
        "gem-aubagne",
        "GEM",
        "Groupe d’entraide mutuelle Le Phare",
        ("13005", 43.3, 5.58),
        is_rough=True,
        summary="Un lieu pour sortir de chez soi et rompre l’isolement.",
        facets={"public": ("adultes",), "pratique": ("sansrdv",)},
    ),
    entry(
        "gem-martigues",
        "GEM",
        "Groupe d’entraide mutuelle Les Canaux",
        _MARTIGUES,
        summary="Activités choisies par les adhérents.",
        facets={"public": ("adultes",), "pratique": ("gratuit", "sansrdv")},
    ),
    entry(
        "mda-marseille",
        "MDA",
        "Maison des adolescents",
        _MARSEILLE_13,
        summary="Accueil gratuit des jeunes, sans rendez-vous.",
        facets={
            "public": ("adolescents",),
            "pratique": ("gratuit", "sansrdv"),
            "age": ("12-17",),
            "langue": ("en", "ar"),
        },
    ),
    entry(
        "foyer-masque",
        "SAVS",
        "Service d’accompagnement à adresse protégée",
        None,
        communes=("13005",),
        summary="Pour des femmes en danger.",
        facets={"public": ("psychotrauma",)},
    ),
    entry(
        "equipe-mobile",
        "EMPP",
        "Équipe mobile du littoral",
        _MARSEILLE_5,
        communes=("13205", "13005", "13056"),
        summary="Va vers les personnes isolées.",
        facets={"public": ("precarite",), "pratique": ("gratuit",)},
    ),
    entry(
        "ligne-ecoute",
        "LIGNE_ECOUTE",
        "Écoute et soutien",
        None,
        summary="Au téléphone, jour et nuit : dépression, angoisse, idées noires.",
        facets={"pratique": ("gratuit", "distance")},
    ),
    document(
        "page-sommeil",
        title="Mieux dormir",
        kind_words="information",
        summary="Insomnies, réveils : que faire quand le sommeil ne vient plus ?",
        body="Parlez-en à un médecin. " * 30 + "La sophrologie aide parfois. " + "Fin. " * 60,
        page_id=201,
    ),
    document(
        "page-depression",
        title="Comprendre la dépression",
        summary="Une maladie fréquente, qui se soigne.",
    ),
    document(
        "action-14",
        kind="ACTION_PTSM",
        title="Former les aidants",
        summary="Prévention du suicide : formation des professionnels.",
        facets={"public": ("professionnels",)},
    ),
    document("page-anglaise", language="en", title="Understanding depression"),
]
