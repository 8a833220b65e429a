"""The roadmap as data: priorities, then « recommandation → réponse → actions → avancement ».

All of it is computed from the action sheets, as on the public pages.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from wagtail.models import Locale

from actions.choices import ActionStatus
from actions.models import Priority, RecommendationPage
from actions.open_data.querysets import PublicPages, published_actions, published_recommendations
from actions.progress import ActionProgress
from portal.api.openapi import licence

COLUMNS = (
    "id", "origine", "origine_libelle", "numero", "titre", "texte", "source", "source_url",
    "reponse", "reponse_libelle", "raison", "instance", "echeance", "etat", "etat_libelle",
    "actions", "lien", "modifiee_le", "licence",
)  # fmt: skip


def roadmap() -> dict[str, Any]:
    """The whole roadmap, recommendations apart."""
    locale = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
    priorities = Priority.objects.with_progress(locale) if locale else []
    return {
        "avancement": progress_of(published_actions().progress_summary()),
        "priorites": [_priority(priority) for priority in priorities],
    }


def progress_of(progress: ActionProgress) -> dict[str, Any]:
    return {
        "actions": progress.total,
        "en_retard": progress.late,
        "par_etat": {status.value: progress.count(status) for status in ActionStatus},
        "phrase": progress.sentence,
    }


def _priority(priority: Any) -> dict[str, Any]:
    return {
        "numero": priority.number,
        "titre": priority.title,
        "titre_simple": priority.plain_title,
        "visee": priority.aim or None,
        "article": priority.article or None,
        "avancement": progress_of(priority.progress),
    }


def recommendations() -> Iterator[dict[str, Any]]:
    """Each recommendation with its answer, and the actions that anybody may read."""
    reachable = PublicPages()
    rows = published_recommendations().select_related("locale").in_order().table()
    for page in rows:
        page.known_answers = [action for action in page.known_answers if action in reachable]
        yield _recommendation(page)


def _recommendation(page: RecommendationPage) -> dict[str, Any]:
    return {
        "id": str(page.uuid),
        "origine": page.origin,
        "origine_libelle": page.get_origin_display(),
        "numero": page.number,
        "titre": page.title,
        "texte": page.text,
        "source": page.source or None,
        "source_url": page.source_url or None,
        "reponse": page.response or None,
        "reponse_libelle": page.response_label,
        "raison": page.response_reason or None,
        "instance": page.responsible_body or None,
        "echeance": page.due_on,
        "etat": page.state.code,
        "etat_libelle": page.state.label,
        "actions": [
            {"reference": action.reference, "titre": action.title, "etat": action.status}
            for action in page.answers
        ],
        "lien": page.full_url,
        "modifiee_le": page.updated_on,
    }


def rows() -> Iterator[list[Any]]:
    name = licence()
    for recommendation in recommendations():
        facts = {**recommendation, "actions": _said(recommendation["actions"]), "licence": name}
        yield [facts[column] for column in COLUMNS]


def _said(actions: list[dict[str, Any]]) -> str:
    """« 3.2 Un titre (en_cours) »"""
    return " | ".join(f"{one['reference']} {one['titre']} ({one['etat']})" for one in actions)
