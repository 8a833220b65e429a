"""Passwords that people in France would try first are refused, with the reason."""

from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from portal.base.models import PortalSettings
from portal.sign_in.password_validation import FrenchPasswordValidator
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db

KEYS = "suit les touches"
KNOWN = "beaucoup de gens choisissent"
PATTERN = "répète les mêmes signes"
DIGITS = "que des chiffres"


def said(password: str) -> str:
    try:
        FrenchPasswordValidator().validate(password)
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("azertyuiop123", KEYS),
        ("AZERTYuiop!2026", KEYS),
        ("poiuytreza12", KEYS),
        ("azertyqsdfgh", KEYS),
        ("aqwzsxedcrfv", KEYS),
        ("motdepasse2026", KNOWN),
        ("MotDePasse!!!", KNOWN),
        ("M0t2p@sse2026".replace("2p", "dep"), KNOWN),
        ("mot-de-passe-1234", KNOWN),
        ("azertymotdepasse", KNOWN),
        ("Marseille13001!", KNOWN),
        ("M@rse1lle2026", KNOWN),
        ("Bouches-du-Rhône13", KNOWN),
        ("seinesaintdenis93", KNOWN),
        ("Santé-Mentale-13", KNOWN),
        ("PTSM13ptsm13!", KNOWN),
        ("jetaimedoudou", KNOWN),
        ("Bienvenue2026!", KNOWN),
        ("soleilsoleil1", KNOWN),
        ("Camille0612345678", KNOWN),
        ("AllezLOM13000", KNOWN),
        ("aaaaaaaaaaaaaa", PATTERN),
        ("abc1abc1abc1", PATTERN),
        ("123456789012", DIGITS),
        ("06 12 34 56 78 90", DIGITS),
    ],
)
def test_what_anybody_would_try_is_refused(password: str, why: str) -> None:
    assert why in said(password)
    assert "quatre mots" in said(password)
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "une phrase assez longue",
        "brouette cigale tournevis lavande",
        "trois chevaux boivent du thé",
        "xK7vQ2mWd9Tz",
        "9f4c-1b7e-88a2-d0e3",
        "zJ!r#Vp&wQ~bTn",
        "Il pleut sur Brest depuis hier",
        "пароль очень длинный",
        "🦔🦔 hérisson discret",
    ],
)
def test_a_phrase_or_what_a_machine_draws_is_accepted(password: str) -> None:
    assert said(password) == ""


def test_the_names_of_the_portal_are_refused(settings: LazySettings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://tournesol.example.org"
    portal = PortalSettings.load()
    portal.site_name, portal.operator = "Zinnia Bleue", "Association Myosotis"
    portal.save()
    for password in ("ZinniaBleue2026", "myosotis-123456", "Tournesol!2026", "zinnia-myosotis"):
        assert KNOWN in said(password)


def test_whoever_changes_their_password_reads_why(client: Client) -> None:
    editor = member_of("Rédaction")
    editor.set_password("brouette cigale tournevis")
    editor.save()
    client.force_login(editor)
    form = {
        "oldpassword": "brouette cigale tournevis",
        "password1": "Marseille-2026",
        "password2": "Marseille-2026",
    }
    page = client.post("/compte/password/change/", form)
    assert KNOWN in page.content.decode()
    editor.refresh_from_db()
    assert editor.check_password("brouette cigale tournevis")
