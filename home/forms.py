import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from home.vocabulary import ContactSubject

QUICKEST = 3  # seconds: no person writes a message in less
LONGEST = 7 * 24 * 3600
MESSAGE_LENGTH = 5000
INCOMPLETE_EMAIL = _("Cette adresse n’est pas complète. Exemple : prenom@domaine.example")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_signer = TimestampSigner(salt="home.contact")


def stamp() -> str:
    """A signed « now », written in the form when it is shown."""
    return _signer.sign("contact")


def _trim(value: Any) -> Any:
    """Take away the blanks, visible or not, that come with a copied text."""
    return value.strip(_INVISIBLE + " \t\r\n\u00a0") if isinstance(value, str) else value


def about(query: QueryDict) -> dict[str, str]:
    """What the address of the form already says: ``?sujet=annuaire&page=/annuaire/…``.

    The page is one of ours, written at the top of the message; anything else is left out.
    """
    initial = {"subject": query.get("sujet", "")}
    page = query.get("page", "")
    if re.fullmatch(r"/[\w/-]{1,200}", page) and not page.startswith("//"):
        initial["message"] = _("Au sujet de la page %(page)s :") % {"page": page} + "\n\n"
    return initial


class OneLineField(forms.CharField):
    """A line that may end up in a header: no line break, no control character."""

    def to_python(self, value: Any) -> str:
        return super().to_python(_trim(value)) or ""

    def run_validators(self, value: str) -> None:
        if any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise ValidationError(_("Écrivez sur une seule ligne."), code="control")
        super().run_validators(value)


class TrimmedEmailField(forms.EmailField):
    """An address that mail can really use: Django lets through some that servers refuse."""

    def to_python(self, value: Any) -> str:
        return super().to_python(_trim(value)) or ""

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        local, _at, domain = value.rpartition("@")
        if len(local) > 64 or domain.startswith("["):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return super().to_python(_trim(value)) or ""


class ContactForm(forms.Form):
    """A message to the PTSM. Only the message and its subject are needed."""

    subject = forms.ChoiceField(
        label=_("Votre message parle de…"),
        choices=[("", _("Choisissez un sujet")), *ContactSubject.choices],
        error_messages={
            "required": _("Choisissez un sujet : votre message ira à la bonne personne."),
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
                "Votre message est trop long : %(show_value)s signes, %(limit_value)s au plus."
            ),
            "null_characters_not_allowed": _("Votre message contient un signe illisible."),
        },
    )
    name = OneLineField(
        label=_("Votre nom"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Ce nom est trop long : 80 signes au plus.")},
    )
    email = TrimmedEmailField(
        label=_("Votre adresse e-mail"),
        required=False,
        max_length=254,
        help_text=_("Pour que nous puissions vous répondre. Exemple : prenom@domaine.example"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-wrong": INCOMPLETE_EMAIL}),
        error_messages={
            "invalid": INCOMPLETE_EMAIL,
            "max_length": _("Cette adresse est trop longue : 254 signes au plus."),
        },
    )
    # People never see these two: a robot fills the first and forges the second.
    nickname = forms.CharField(required=False)
    moment = forms.CharField(required=False, widget=forms.HiddenInput)

    visible_names = ("subject", "message", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.fields["moment"].initial = stamp()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("nickname"):
            self.add_error(
                None, _("Un champ caché a été rempli. Videz-le, ou écrivez-nous par e-mail.")
            )
        self._check_moment(cleaned.get("moment", ""))
        return cleaned

    def _check_moment(self, moment: str) -> None:
        try:
            _signer.unsign(moment, max_age=LONGEST)
        except SignatureExpired:
            self._show_a_new_moment()
            self.add_error(
                None, _("Cette page est ouverte depuis longtemps. Envoyez votre message à nouveau.")
            )
            return
        except BadSignature:
            self._show_a_new_moment()
            self.add_error(None, _("L’envoi n’a pas marché. Envoyez votre message à nouveau."))
            return
        if not _is_older_than(moment, QUICKEST):
            self.add_error(
                None,
                _("L’envoi a été très rapide. Relisez votre message, puis envoyez-le à nouveau."),
            )

    def _show_a_new_moment(self) -> None:
        self.data = {**self.data.dict(), "moment": stamp()}  # type: ignore[attr-defined]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        fields = [self[name] for name in self.visible_names]
        for bound in fields:
            bound.is_optional = not bound.field.required
        return fields

    @property
    def error_items(self) -> list[dict[str, str]]:
        """The summary above the form: each mistake, and the field to mend."""
        items = [{"id": "", "text": str(error)} for error in self.non_field_errors()]
        for bound in self.shown_fields:
            items += [{"id": bound.id_for_label, "text": str(error)} for error in bound.errors]
        return items


def _is_older_than(moment: str, seconds: int) -> bool:
    try:
        _signer.unsign(moment, max_age=seconds)
    except SignatureExpired:
        return True
    return False
