"""Fields and protection against robots of the forms that anybody may send, without a cookie."""

from copy import copy
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.forms.error_summary import list_errors
from portal.text.control_characters import is_one_line

QUICKEST = 3  # seconds: no person fills a form in less
LONGEST = 7 * 24 * 3600
INCOMPLETE_EMAIL = _("Cette adresse n’est pas complète. Exemple : prenom@domaine.example")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_signer = TimestampSigner(salt="portal.public_form")


def signed_timestamp() -> str:
    """The current time, signed: a hidden field of a form says when it was shown."""
    return _signer.sign("shown")


def _trim(value: Any) -> Any:
    """Strip blanks, visible or not, that come with a copied text."""
    return value.strip(_INVISIBLE + " \t\r\n\u00a0") if isinstance(value, str) else value


class OneLineField(forms.CharField):
    """A text without line breaks or control characters, safe in the header of a message.

    Soft breaks, which come with a text copied from a presentation, become blanks.
    """

    def to_python(self, value: Any) -> str:
        text = _trim(value)
        if isinstance(text, str) and not is_one_line(text):
            raise ValidationError(_("Écrivez sur une seule ligne."), code="control")
        return super().to_python(text) or ""


class TrimmedEmailField(forms.EmailField):
    """An e-mail address that servers accept: Django's validator lets some others through."""

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


class GuardedForm(forms.Form):
    """A form of a public page. Robots give themselves away; people who are taken for one lose
    nothing: they are told what happened, and may send the same form again.

    A child names what is shown in ``visible_names``; its template includes
    ``spam_protection.html``.
    """

    # People never see these two: a robot fills the first and forges the second.
    nickname = forms.CharField(required=False)
    moment = forms.CharField(required=False, widget=forms.HiddenInput)

    visible_names: ClassVar[tuple[str, ...]] = ()
    #: Why a form is not taken; a child may say it in its own words.
    refusals: ClassVar[dict[str, str | Promise]] = {
        "elsewhere": _("Ce formulaire vient d’un autre site. Remplissez-le ici."),
        "huge": _("Ce que vous avez envoyé est trop long."),
        "hidden": _("Un champ caché a été rempli. Videz-le, ou écrivez-nous par e-mail."),
        "old": _("Cette page est ouverte depuis longtemps. Envoyez le formulaire à nouveau."),
        "forged": _("L’envoi n’a pas marché. Envoyez le formulaire à nouveau."),
        "quick": _("L’envoi a été très rapide. Relisez, puis envoyez à nouveau."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.fields["moment"].initial = signed_timestamp()

    @classmethod
    def refused(cls, reason: str) -> Self:
        """An empty form with the error that says why the post was refused."""
        form = cls(QueryDict())
        form.errors.clear()
        form.refuse(reason)
        return form

    def refuse(self, reason: str) -> None:
        self.add_error(None, str(self.refusals[reason]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("nickname"):
            self.refuse("hidden")
        self._check_moment(cleaned.get("moment", ""))
        return cleaned

    def _check_moment(self, moment: str) -> None:
        try:
            _signer.unsign(moment, max_age=LONGEST)
        except SignatureExpired:
            self._show_a_new_moment()
            self.refuse("old")
        except BadSignature:
            self._show_a_new_moment()
            self.refuse("forged")
        else:
            if not _is_older_than(moment, QUICKEST):
                self.refuse("quick")

    def _show_a_new_moment(self) -> None:
        data: Any = copy(self.data)
        data["moment"] = signed_timestamp()
        self.data = data

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.visible_names]

    @property
    def error_items(self) -> list[dict[str, str]]:
        """The items of the error summary: each error, and the field to correct."""
        return list_errors(self, self.visible_names)


def _is_older_than(moment: str, seconds: int) -> bool:
    try:
        _signer.unsign(moment, max_age=seconds)
    except SignatureExpired:
        return True
    return False
