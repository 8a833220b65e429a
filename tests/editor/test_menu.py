"""The editor's menu follows the work of each role, and every link of it opens."""

from typing import Any

from django.test import Client, RequestFactory

import wagtail.admin.urls  # noqa: F401  (registers the viewsets)
from wagtail.admin.menu import Menu, admin_menu, settings_menu

import pytest

from home.models import HomePage
from tests.factories.home import PtsmPageFactory
from tests.factories.newsletter import LetterIndexPageFactory
from tests.factories.users import UserFactory, member_of

#: What each role finds in its menu, in this order; packages may add to it.
ROLES = {
    "Coordination": {
        "À faire": [],
        "Annuaire": [
            "Fiches de l’annuaire",
            "Changements proposés",
            "Erreurs signalées",
            "Structures proposées",
            "Messages reçus",
            "À appeler",
            "Vérifications",
            "Référents",
            "Secteurs de psychiatrie",
            "Types de lieux",
            "Horaires à revoir",
            "Adresses qui ne reçoivent plus",
            "Importer ou exporter un tableau",
            "Importer FINESS",
        ],
        "Actions": [],
        "Le projet": [
            "Priorités",
            "Recommandations",
            "Instances, réunions, documents",
            "Territoires",
        ],
        "La lettre": [
            "Composer un numéro",
            "Numéros",
            "Abonnés",
            "Envois",
            "Retours de la lettre",
            "Chiffres",
            "Sujets",
            "Texte d’accord",
            "Domaine d’envoi",
        ],
        "Actualités et agenda": ["Actualités", "Événements"],
        "Pages et images": [
            "Pages",
            "Traductions à revoir",
            "Images",
            "Documents",
            "Numéros d’aide",
            "Numéros à vérifier",
            "Mots du lexique",
            "Mots pour chercher",
            "Portails de la région",
            "Pages à relire",
            "Liens et documents",
        ],
        "Bilan": ["Actions en retard", "Territoires", "Recherches sans réponse"],
        "Réglages": [
            "L’équipe",
            "Réglages de l’annuaire",
            "Redirections",
            "Réglages du portail",
            "Réglages de la lettre",
            "Tâches du portail",
            "Journal",
            "Sécurité de mon compte",
        ],
    },
    "Rédaction": {
        "À faire": [],
        "Annuaire": ["Fiches de l’annuaire", "Horaires à revoir"],
        "Actions": [],
        "Le projet": ["Recommandations", "Instances, réunions, documents"],
        "La lettre": ["Composer un numéro", "Numéros"],
        "Actualités et agenda": ["Actualités", "Événements"],
        "Pages et images": [
            "Pages",
            "Traductions à revoir",
            "Images",
            "Documents",
            "Mots du lexique",
            "Pages à relire",
            "Liens et documents",
        ],
        "Bilan": ["Actions en retard", "Territoires"],
        "Réglages": ["Journal", "Sécurité de mon compte"],
    },
    "Modération": {
        "À faire": [],
        "Annuaire": ["Fiches de l’annuaire", "Changements proposés", "Horaires à revoir"],
        "Actions": [],
        "Le projet": ["Recommandations", "Instances, réunions, documents"],
        "La lettre": ["Composer un numéro", "Numéros"],
        "Actualités et agenda": ["Actualités", "Événements"],
        "Pages et images": [
            "Pages",
            "Traductions à revoir",
            "Images",
            "Documents",
            "Pages à relire",
            "Liens et documents",
        ],
        "Bilan": ["Actions en retard", "Territoires"],
        "Réglages": ["Journal", "Sécurité de mon compte"],
    },
}


def shown(menu: Menu, user: Any) -> list[Any]:
    """What a person sees of a menu, in its order."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return sorted(menu.menu_items_for_request(request), key=lambda item: item.order)


def labels(user: Any) -> dict[str, list[str]]:
    return {
        str(item.label): [str(one.label) for one in shown(item.menu, user)]
        if hasattr(item, "menu")
        else []
        for item in shown(admin_menu, user)
    }


def links(user: Any) -> list[str]:
    found = []
    for item in shown(admin_menu, user):
        found += (
            [one.url for one in shown(item.menu, user)] if hasattr(item, "menu") else [item.url]
        )
    return found


@pytest.fixture(params=list(ROLES))
def member(db: None, communes: None, request: pytest.FixtureRequest) -> tuple[str, Any]:
    """A role and somebody who has it, in a portal with a letter and the page of the project."""
    home = HomePage.objects.get()
    LetterIndexPageFactory(parent=home)
    PtsmPageFactory(parent=home)
    return request.param, member_of(request.param)


def test_each_role_has_the_menu_of_its_work(member: tuple[str, Any]) -> None:
    role, user = member
    found, wanted = labels(user), ROLES[role]
    assert [job for job in found if job in wanted] == list(wanted)
    for job, items in wanted.items():
        assert [item for item in found[job] if item in items] == items


def test_a_writer_is_not_shown_what_a_coordinator_does(db: None) -> None:
    everything = {item for items in labels(member_of("Rédaction")).values() for item in items}
    assert not everything & {"Abonnés", "Envois", "Référents", "L’équipe", "Importer FINESS"}


@pytest.mark.parametrize("role", list(ROLES))
def test_nobody_but_a_superuser_sees_how_wagtail_is_built(db: None, role: str) -> None:
    found = labels(member_of(role))
    everything = set(found) | {item for items in found.values() for item in items}
    assert not everything & {
        *(
            "Aide",
            "Collections",
            "Comptes",
            "Fragments",
            "Groupes",
            "Paramètres",
            "Rapports",
            "Régions",
        ),
        *("Sites", "Tâches de workflow", "Utilisation des types de page", "Workflows"),
    }


def test_every_link_of_the_menu_opens(client: Client, member: tuple[str, Any]) -> None:
    _role, user = member
    client.force_login(user)
    answers = {url: client.get(url, follow=True).status_code for url in links(user)}
    assert {url: code for url, code in answers.items() if code != 200} == {}


def test_a_superuser_sees_how_wagtail_is_built_too(client: Client, db: None) -> None:
    user = UserFactory(is_superuser=True)
    found = {item.name for item in shown(admin_menu, user)}
    assert {"help", "bilan", "reglages"} <= found
    settings = {item.name for item in shown(settings_menu, user)}
    assert {"workflows", "collections", "sites", "groups"} <= settings
