"""Validator of OSM opening hours; the error is a French sentence."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resources.opening_hours.schedule import parse_hours

TRANSLATED = False


def validate_opening_hours(text: str) -> None:
    if parse_hours(text) is None:
        raise ValidationError(
            _(
                "Ces horaires ne sont pas compris : « %(hours)s ». Donnez une heure de début et "
                "une heure de fin, par exemple de 9 h à 12 h."
            ),
            params={"hours": text},
        )
