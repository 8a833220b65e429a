"""Fields of the open data of an action: what its public page shows, never an internal note."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from wagtail.rich_text import get_text_for_indexing

from actions.choices import COMMITTED, PartnerRole
from actions.models import ActionPage
from actions.number_format import plain_number
from actions.open_data.querysets import PublicPages
from portal.api.openapi import licence

SEPARATOR = " | "
#: The columns of the table: facts of one cell, then counts and lists said in one.
COLUMNS = (
    "id", "reference", "titre", "resume", "lien", "priorite", "etat", "etat_libelle", "raison",
    "en_retard", "debut", "fin_prevue", "fin_reelle", "prochain_point", "etapes_faites",
    "etapes_total", "pilotes", "copilotes", "partenaires", "financeurs", "dimensions", "publics",
    "tout_le_departement", "territoires", "participation", "recommandations", "indicateurs",
    "contact", "source", "modifiee_le", "licence",
)  # fmt: skip


def action_records(actions: Iterable[ActionPage]) -> Iterator[dict[str, Any]]:
    """One record (dict) for each action."""
    reachable = PublicPages()
    for action in actions:
        yield action_record(action, reachable)


def action_record(action: Any, reachable: PublicPages) -> dict[str, Any]:
    return {
        **_what(action),
        **_when(action),
        **_who(action, reachable),
        "indicateurs": [_indicator(indicator) for indicator in action.indicators.all()],
        "journal": _journal(action),
        "lieux": _places(action, reachable),
        "documents": [
            {"titre": item.label, "lien": item.document.full_url, "date": item.date}
            for item in action.documents.all()
        ],
        "recommandations": [
            {
                "origine": page.origin,
                "numero": page.number,
                "titre": page.title,
                "lien": page.full_url,
            }
            for page in action.answered
            if page in reachable
        ],
        "contact": action.contact_email or None,
        "source": action.source or None,
        "modifiee_le": action.updated_on,
    }


def _what(action: Any) -> dict[str, Any]:
    return {
        "id": str(action.uuid),
        "reference": action.reference,
        "titre": action.title,
        "resume": action.summary or None,
        "lien": action.full_url,
        "priorite": action.priority.number if action.priority else None,
        "etat": action.status,
        "etat_libelle": action.status_label,
        "raison": action.status_reason or None,
        "pourquoi": get_text_for_indexing(action.why).strip() or None,
        "objectifs": [str(block.value) for block in action.objectives],
    }


def _when(action: Any) -> dict[str, Any]:
    today = timezone.localdate()
    is_committed = action.status in COMMITTED
    return {
        "en_retard": action.is_late,
        "debut": action.start,
        "fin_prevue": action.planned_end,
        "fin_reelle": action.actual_end,
        "prochain_point": action.review_on,
        "etapes": [
            {
                "titre": step.label,
                "echeance": step.due_on,
                "periode": step.period or None,
                "faite_le": step.done_on,
                "en_retard": is_committed and step.is_overdue(today),
            }
            for step in action.ordered_steps
        ],
        "etapes_faites": action.steps_done,
        "etapes_total": action.steps_total,
    }


def _who(action: Any, reachable: PublicPages) -> dict[str, Any]:
    named: dict[str, list[str]] = {role.value: [] for role in PartnerRole}
    for partner in action.partners.all():
        name = _partner_name(partner, reachable)
        if name:
            named[partner.role].append(name)
    return {
        "pilotes": named[PartnerRole.PILOT],
        "copilotes": named[PartnerRole.COPILOT],
        "partenaires": named[PartnerRole.PARTNER],
        "financeurs": [
            {
                "nom": funder.name,
                "montant": None if funder.amount is None else plain_number(funder.amount),
                "annee": funder.year,
            }
            for funder in action.funders.all()
        ],
        "dimensions": action.dimensions,
        "publics": action.publics,
        "tout_le_departement": action.whole_department,
        "territoires": _territories(action),
        "participation": action.participation,
        "participation_texte": action.participation_text or None,
    }


def _partner_name(partner: Any, reachable: PublicPages) -> str:
    """Name of a partner; empty when its entry of the directory is not public."""
    entry = partner.resource
    return entry.title if entry and reachable.shows(entry) else partner.name


def _territories(action: Any) -> list[str]:
    return [] if action.whole_department else [one.name for one in action.territories.all()]


def _indicator(indicator: Any) -> dict[str, Any]:
    return {
        "titre": indicator.label,
        "unite": indicator.unit or None,
        "depart": indicator.plain_baseline,
        "objectif": indicator.plain_target,
        "objectif_pour_le": indicator.target_on,
        "sens": indicator.direction,
        "source": indicator.source or None,
        "valeurs": [
            {
                "date": reading.date,
                "valeur": reading.plain_value,
                "commentaire": reading.comment or None,
            }
            for reading in indicator.readings
        ],
    }


def _journal(action: Any) -> list[dict[str, Any]]:
    """The public notes, latest first."""
    public = [note for note in action.notes.all() if note.is_public]
    public.sort(key=lambda note: note.date, reverse=True)
    return [{"date": note.date, "titre": note.title, "texte": note.text or None} for note in public]


def _places(action: Any, reachable: PublicPages) -> list[dict[str, Any]]:
    return [
        {
            "id": str(link.resource.uuid),
            "nom": link.resource.title,
            "lien": link.resource.full_url,
            "changement": link.change or None,
        }
        for link in action.linked_resources.all()
        if reachable.shows(link.resource)
    ]


def rows(actions: Iterable[ActionPage]) -> Iterator[list[Any]]:
    """The cells of each action, in the order of ``COLUMNS``."""
    name = licence()
    for sheet in action_records(actions):
        facts = {**sheet, "licence": name}
        yield [_cell(facts[column]) for column in COLUMNS]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(_item(item) for item in value)
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else value


def _item(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("nom") or value["titre"])
