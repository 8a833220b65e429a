"""Validators of OSM opening hours; the error is a French sentence."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opening_hours import validate

from resources.opening_hours.evaluation import can_evaluate
from resources.opening_hours.rule_parser import read_rules

TRANSLATED = False

_UNREADABLE = _(
    "Ces horaires ne sont pas compris : « %(hours)s ». Donnez une heure de début et "
    "une heure de fin, par exemple de 9 h à 12 h."
)
_SCHOOL_HOLIDAYS = _(
    "Le portail ne connaît pas les dates des vacances scolaires (« SH ») : il ne pourrait pas dire "
    "si c’est ouvert. Enlevez « SH » des horaires, et donnez les dates dans « Fermetures datées » "
    "ou un mot dans « Précision sur les horaires »."
)


def untold_reason(text: str) -> str:
    """Why the portal cannot tell these hours, with ``%(hours)s``; empty when it can."""
    rules = read_rules(text)
    if rules and any(rule.school_holidays for rule in rules):
        return str(_SCHOOL_HOLIDAYS)
    return "" if can_evaluate(text) else str(_UNREADABLE)


def validate_told_hours(text: str) -> None:
    """Refuse what comes in and could not be told: in forms and imports."""
    if reason := untold_reason(text):
        raise ValidationError(reason, params={"hours": text})


def validate_opening_hours(text: str) -> None:
    """Refuse what is no OSM text. What is stored already may still be saved with its page."""
    if not validate(text):
        raise ValidationError(_UNREADABLE, params={"hours": text})
