"""The picture library of the easy texts: drawn for the portal, each with the word it stands for.

The drawings are in ``portal/static/portal/pictures.svg``. A picture shows a meaning (« gratuit »,
« secret »); the icons of the screens are others.
"""

from django.utils.translation import gettext_lazy as _

EASY_PICTURES = [
    ("p-home", _("maison")),
    ("p-care", _("soignant")),
    ("p-appointment", _("rendez-vous")),
    ("p-phone", _("téléphone")),
    ("p-free", _("gratuit")),
    ("p-talk", _("parler")),
    ("p-together", _("ensemble")),
    ("p-write", _("écrire")),
    ("p-letter", _("lettre")),
    ("p-secret", _("secret")),
    ("p-day-night", _("jour et nuit")),
    ("p-sad", _("triste")),
    ("p-afraid", _("peur")),
    ("p-sleep", _("dormir")),
    ("p-yes", _("oui")),
    ("p-no", _("non")),
    ("p-danger", _("danger")),
    ("p-place", _("lieu")),
    ("p-city", _("ville")),
    ("p-project", _("projet")),
    ("p-choose", _("choisir")),
    ("p-rights", _("droits")),
    ("p-search", _("chercher")),
    ("p-relative", _("proche")),
    ("p-breathe", _("respirer")),
    ("p-papers", _("papiers")),
]
