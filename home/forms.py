import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from home.choices import ContactSubject
from portal.forms.public_forms import (
    INCOMPLETE_EMAIL,
    GuardedForm,
    OneLineField,
    TextField,
    TrimmedEmailField,
)

MESSAGE_LENGTH = 5000


def about(query: QueryDict) -> dict[str, str]:
    """What the address of the form already says: ``?sujet=annuaire&page=/annuaire/…``.

    The page is one of ours, written at the top of the message; anything else is left out.
    """
    initial = {"subject": query.get("sujet", "")}
    page = query.get("page", "")
    if re.fullmatch(r"/[\w/-]{1,200}", page) and not page.startswith("//"):
        initial["message"] = _("Au sujet de la page %(page)s :") % {"page": page} + "\n\n"
    return initial


class ContactForm(GuardedForm):
    """A message to the PTSM. Only the message and its subject are needed."""

    subject = forms.ChoiceField(
        label=_("Votre message parle de…"),
        choices=[("", _("Choisissez un sujet")), *ContactSubject.choices],
        error_messages={
            "required": _("Choisissez un sujet : votre message ira à la bonne personne."),
            "invalid_choice": _("Choisissez un sujet dans la liste."),
        },
    )
    message = TextField(
        label=_("Votre message"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Écrivez votre message."),
            "max_length": _(
                "Votre message est trop long : %(show_value)s signes, %(limit_value)s au plus."
            ),
            "null_characters_not_allowed": _("Votre message contient un signe illisible."),
        },
    )
    name = OneLineField(
        label=_("Votre nom"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Ce nom est trop long : 80 signes au plus.")},
    )
    email = TrimmedEmailField(
        label=_("Votre adresse e-mail"),
        required=False,
        max_length=254,
        help_text=_("Pour que nous puissions vous répondre. Exemple : prenom@domaine.example"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-wrong": INCOMPLETE_EMAIL}),
        error_messages={
            "invalid": INCOMPLETE_EMAIL,
            "max_length": _("Cette adresse est trop longue : 254 signes au plus."),
        },
    )

    visible_names = ("subject", "message", "name", "email")
    refusals = {
        **GuardedForm.refusals,
        "elsewhere": _("Ce message vient d’un autre site. Écrivez-le ici."),
        "huge": _("Votre message est trop long : 5 000 signes au plus."),
        "old": _("Cette page est ouverte depuis longtemps. Envoyez votre message à nouveau."),
        "forged": _("L’envoi n’a pas marché. Envoyez votre message à nouveau."),
        "quick": _("L’envoi a été très rapide. Relisez votre message, puis envoyez-le à nouveau."),
    }
