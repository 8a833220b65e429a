"""Validators of telephone numbers, postcodes, FINESS and SIRET; each error is a French sentence."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.crisis.help_numbers import SUICIDE
from portal.text.phone_parsing import international, is_french, national, parse_phone, short_number

TRANSLATED = False

LA_POSTE_SIREN = "356000000"


def readable_phone(text: str) -> str:
    """Write a French number the way people read it; refuse what is no number.

    >>> readable_phone("+33491385460"), readable_phone("3114"), readable_phone("0800360360")
    ('04 91 38 54 60', '3114', '0 800 360 360')
    >>> readable_phone("0262902020")
    '0262 90 20 20'
    """
    text = re.sub(r"\s", " ", text)  # the library does not know the thin spaces of French
    error = ValidationError(
        _(
            "« %(phone)s » n’est pas un numéro français. Par exemple : 04 91 00 00 00, ou "
            "%(short)s."
        ),
        params={"phone": text, "short": SUICIDE.number},
    )
    if short := short_number(text):
        return short
    number = parse_phone(text)
    if number is None:
        raise error
    return national(number) if is_french(number) else international(number)


def validate_phone(text: str) -> None:
    readable_phone(text)


def validate_postcode(text: str) -> None:
    if not re.fullmatch(r"\d{5}", text):
        raise ValidationError(_("Un code postal a cinq chiffres."))


def validate_finess(text: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9]{9}", text):
        raise ValidationError(_("Un numéro FINESS a neuf caractères, par exemple 130001234."))


def validate_siret(text: str) -> None:
    """Fourteen digits that satisfy the Luhn key; La Poste has its own key."""
    if not re.fullmatch(r"[0-9]{14}", text):
        raise ValidationError(_("Un numéro SIRET a quatorze chiffres, sans espace."))
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(text)]
    luhn = sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
    la_poste = text.startswith(LA_POSTE_SIREN) and sum(map(int, text)) % 5 == 0
    if not (luhn or la_poste):
        raise ValidationError(_("Ce numéro SIRET contient une erreur : sa clé est fausse."))
