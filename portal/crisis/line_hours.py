"""What the hours of a help line have to be: the app that tells them to readers says it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opening_hours import validate

TRANSLATED = False

#: Raises ``ValidationError`` for a text that cannot be told, with ``%(hours)s`` in its sentence.
HoursValidator = Callable[[str], None]

_validators: list[HoursValidator] = []


def register_hours_validator(check: HoursValidator) -> None:
    """Register the only function that knows which hours readers can be told."""
    _validators[:] = [check]


def validate_line_hours(text: str) -> None:
    """Refuse what no reader could be told. Raises ValidationError."""
    if not validate(text):
        raise ValidationError(
            _(
                "Ces horaires ne sont pas compris. Écrivez par exemple « 24/7 » ou "
                "« Mo-Fr 09:00-18:00 »."
            )
        )
    for check in _validators:
        check(text)
