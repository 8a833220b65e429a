"""What a structure changes in its entry, in one short form: from its account or a signed link."""

from copy import copy, deepcopy
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import fields_for_model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.forms.error_summary import list_errors
from portal.forms.public_forms import INCOMPLETE_EMAIL, TrimmedEmailField
from portal.geo.widgets import CommuneSelect
from resources.models import ResourcePage
from resources.opening_hours.fields import PlainHoursField

TRANSLATED = False

_SALT = "resources.short_form"
_TOO_LONG = _("C’est trop long : %(show_value)s signes, %(limit_value)s au plus.")


class FormSection(NamedTuple):
    """Fields of an entry that are shown together, under one title."""

    title: str | Promise
    names: tuple[str, ...]


SECTIONS = (
    FormSection(_("Activité"), ("status",)),
    FormSection(_("Pour vous joindre"), ("phone", "email", "website")),
    FormSection(_("Horaires"), ("opening_hours", "hours_note")),
    FormSection(_("Adresse"), ("address_street", "address_extra", "postcode", "commune")),
    FormSection(_("Pour qui"), ("publics", "age_min", "age_max", "relatives_welcome")),
    FormSection(_("Prix"), ("cost", "cost_details")),
    FormSection(_("La première fois"), ("first_contact", "first_delay")),
    FormSection(_("En une ou deux phrases"), ("summary",)),
    FormSection(_("Accessibilité"), ("accessibility",)),
)
#: Written with the fields of the form: the day of a delay, the point of an address.
WRITTEN_ALONG = ("first_delay_declared_on", "lat", "lon")
#: The fields of an entry that the form does not show, and why.
LEFT_OUT = {
    **dict.fromkeys(
        (
            "title", "short_title", "acronym", "type", "operator", "parent_structure",
            "is_emergency", "is_ptsm_partner", "audience", "hospital", "sectors", "territory",
            "covers_department", "coverage_territories", "coverage_communes", "finess", "siret",
        ),
        "what the place is and whom it serves: the coordination writes it",
    ),
    **dict.fromkeys(
        (
            "source", "source_date", "verified_on", "verified_by_role",
            "verification_frequency", "agrees_to_call", "seeks_referent", "is_example",
            "owner_role", "content_updated_on", "uuid",
        ),
        "the portal or the coordination writes it",
    ),
    **dict.fromkeys(
        ("address_is_masked", "masked_place"), "who protects an address is the coordination"
    ),
    **dict.fromkeys(
        (
            "access_modes", "is_remote", "spoken_languages", "first_visit", "description",
            "getting_there", "acceslibre_url", "phones", "services", "listing_image",
            "listing_image_alt", "listing_image_is_decorative",
        ),
        "a short form asks what changes most; the editor's screen has it",
    ),
    **dict.fromkeys(("closures", "notices"), "it has forms of its own, in the referent's space"),
    **dict.fromkeys(
        (
            "members_association", "sponsor", "manager", "is_self_managed", "membership",
            "activities", "presidency", "coordinator_role", "coordinator_email", "created_in",
            "working_groups", "achievements",
        ),
        "the form is the same for all types; the editor's screen has it",
    ),
}  # fmt: skip
#: A secret address is not shown, even to who holds the link: the coordinator changes it.
ADDRESS = ("address_street", "address_extra", "postcode", "commune")
#: What the point on the map was reckoned from.
_PLACE = ("address_street", "postcode", "commune")

_LABELS: dict[str, Any] = {
    "status": _("Ce lieu est…"),
    "opening_hours": _("La semaine"),
    "email": _("Adresse e-mail du lieu"),
    "summary": _("Ce que les lecteurs lisent en premier"),
}
_HINTS: dict[str, Any] = {
    "opening_hours": _("De… à…, puis de… à… Laissez vide un jour fermé."),
    "summary": _("Des phrases simples : ce qu’on trouve ici, et pour qui."),
    "first_delay": _("Le jour d’aujourd’hui sera montré à côté. Après trois mois, redites-le."),
    "website": "",
}


class SiteField(forms.URLField):
    """« exemple.fr » is an address too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


_made = fields_for_model(
    ResourcePage,
    fields=[name for section in SECTIONS for name in section.names],
    field_classes={
        "opening_hours": PlainHoursField,
        "email": TrimmedEmailField,
        "website": SiteField,
    },
    widgets={
        "commune": CommuneSelect,
        "status": forms.RadioSelect,
        "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        "postcode": forms.TextInput(attrs={"inputmode": "numeric"}),
        "summary": forms.Textarea(attrs={"rows": 4}),
        "website": forms.URLInput(attrs={"placeholder": "https://"}),
    },
    labels=_LABELS,
    help_texts=_HINTS,
)


class EntryForm(forms.Form):
    """Plain fields; what the person did not touch is never written.

    The form carries what it showed, signed: somebody may have published another change while
    it was open, and only what was typed here is applied on top of it.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, entry: ResourcePage, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.entry = entry
        hidden = ADDRESS if entry.address_is_masked else ()
        for name, field in _made.items():
            if name not in hidden:
                self.fields[name] = deepcopy(field)
        self._say_it_in_french()
        shown = self._shown_before() if self.is_bound else None
        self.initial = shown or shown_of(entry, self.names)
        self.initial["seen"] = signing.dumps(self.initial, salt=_SALT, compress=True)

    def _say_it_in_french(self) -> None:
        for name in ("cost", "first_delay"):
            choices: Any = self.fields[name]
            choices.choices = [("", _("Non précisé")), *choices.choices[1:]]
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, "max_length": _TOO_LONG}
        self.fields["email"].error_messages["invalid"] = INCOMPLETE_EMAIL
        self.fields["website"].error_messages["invalid"] = _(
            "Cette adresse n’est pas complète. Exemple : https://www.exemple.fr"
        )

    @property
    def names(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _shown_before(self) -> dict[str, Any] | None:
        try:
            shown = signing.loads(self.data.get("seen") or "", salt=_SALT)
        except signing.BadSignature:
            return None
        return {name: shown.get(name) for name in self.names}

    @property
    def touched(self) -> list[str]:
        """The names of what the person changed."""
        return [name for name in self.changed_data if name != "seen"]

    def clean(self) -> dict[str, Any]:
        """What the entry itself would refuse is said now, beside its field."""
        cleaned = super().clean() or {}
        draft = copy(self.entry)
        self._write(draft, [name for name in self.touched if name in cleaned], cleaned)
        kept = [field.name for field in draft._meta.fields if field.name not in self.touched]
        for check in (lambda: draft.clean_fields(exclude=kept), draft.clean):
            try:
                check()
            except ValidationError as refusal:
                self._tell(refusal, only_known=True)
        return cleaned

    def apply(self, page: ResourcePage) -> None:
        """Write in a draft what was changed; nothing else, and nothing in the database."""
        self._write(page, self.touched, self.cleaned_data)

    def _write(self, page: ResourcePage, names: list[str], values: dict[str, Any]) -> None:
        for name in names:
            setattr(page, name, values[name])
        if "first_delay" in names:
            page.first_delay_declared_on = timezone.localdate() if page.first_delay else None
        if any(name in names for name in _PLACE):
            # The point of the old address would lead people there.
            page.lat = page.lon = None

    def tell(self, refusal: ValidationError) -> None:
        """Show what the entry refused, each at its field; the form is then no longer valid."""
        self._tell(refusal, only_known=False)

    def _tell(self, refusal: ValidationError, only_known: bool) -> None:
        found = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
        for name, errors in found.items():
            if name in self.names:
                if name not in self.errors:
                    self.add_error(name, errors)
            elif not only_known:
                self.add_error(None, errors)

    @property
    def shown_sections(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        sections = []
        for section in SECTIONS:
            fields = [self[name] for name in section.names if name in self.fields]
            if fields:
                sections.append((section.title, fields))
        return sections

    @property
    def error_items(self) -> list[dict[str, str]]:
        """The summary above the form: each mistake, and the field to mend."""
        return list_errors(self, self.names)


def field_names() -> set[str]:
    """Names of ``resources.entry_fields`` that the form writes."""
    return {*WRITTEN_ALONG, *(name for section in SECTIONS for name in section.names)}


def shown_of(entry: ResourcePage, names: list[str]) -> dict[str, Any]:
    """What a form shows of an entry, as plain values; a delay that is too old is none."""
    shown = {name: _plain(getattr(entry, name)) for name in names}
    if not entry.current_delay:
        shown["first_delay"] = ""
    return shown


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
