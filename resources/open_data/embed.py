"""A list of places that another site shows within its own page, without script or cookie."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, F, Q, Value, When, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import Locale

from portal.forms.choice_fields import choice_field
from portal.geo.lookup import look_up_place
from portal.geo.models import Commune
from portal.geo.place import Place, PlaceMode
from portal.geo.service_area import ServiceArea
from resources.choices import SECTORED_TYPES, EntryStatus, MaskedPlace
from resources.listing.cards import ResultCard, entry_card
from resources.listing.forms import LONGEST_PLACE
from resources.listing.models import DirectoryPage
from resources.listing.type_labels import TypeLabel, get_type_labels, type_label
from resources.open_data.querysets import open_entries
from resources.querysets import ResourceQuerySet
from resources.service_areas.answers import reception_of, serves
from search.contracts import DISTANCES

#: A frame is small; the rest is a click away.
MOST_SHOWN = 20
USUAL_KM = "20"


class EmbedForm(forms.Form):
    """What a partner chooses: which places, around where."""

    type = forms.ChoiceField(label=gettext_lazy("Quels lieux ?"), required=False)
    pres = forms.CharField(
        label=gettext_lazy("Près de"),
        required=False,
        help_text=gettext_lazy("Une commune ou un code postal. Vide : tout le département."),
    )
    km = forms.ChoiceField(
        label=gettext_lazy("À moins de"),
        required=False,
        choices=[(str(km), gettext_lazy("%(km)s km") % {"km": km}) for km in DISTANCES],
    )

    def __init__(self, data: QueryDict) -> None:
        self.types = _types()
        values = {name: data.get(name, "").replace("\0", "") for name in self.base_fields}
        values["type"] = values["type"].strip().lower()
        values["km"] = values["km"] or USUAL_KM
        super().__init__(values, label_suffix="", use_required_attribute=False)
        every = [("", _("Tous les lieux"))]
        kinds = [(kind.query_code, kind.plural or kind.name) for kind in self.types.values()]
        choice_field(self, "type").choices = [*every, *kinds]
        self.fields["type"].error_messages["invalid_choice"] = _("Ce type de lieu n’existe pas.")
        self.fields["km"].error_messages["invalid_choice"] = _("Cette distance n’existe pas.")

    def clean_pres(self) -> Place | None:
        """The place that is meant; a whole department is no place to be near."""
        text = self.cleaned_data["pres"][:LONGEST_PLACE]
        if not text:
            return None
        place = look_up_place(text).place
        if place is None:
            raise forms.ValidationError(_("Ce lieu n’est pas connu : écrivez une commune."))
        return None if place.mode is PlaceMode.DEPARTMENT else place

    @property
    def kind(self) -> TypeLabel | None:
        return self.types.get(self.cleaned_data["type"].upper())

    @property
    def address(self) -> str:
        """The parameters that say this choice, those that say nothing left out."""
        said = {name: self.data[name] for name in ("type", "pres") if self.data[name]}
        return urlencode(said | {"km": self.data["km"]} if "pres" in said else said)


def _types() -> dict[str, TypeLabel]:
    """Those that have something to show, in the order of the lists."""
    present = set(_entries().order_by().values_list("type__code", flat=True).distinct())
    every = get_type_labels(Locale.get_default().pk)
    return {code: kind for code, kind in every.items() if code in present}


def _entries() -> ResourceQuerySet:
    return open_entries().filter(status=EntryStatus.OPEN)


class EmbeddedList:
    """The list of a choice, and the words around it."""

    def __init__(self, query: QueryDict) -> None:
        self.form = EmbedForm(query)
        self.is_understood = self.form.is_valid()

    @property
    def mistakes(self) -> list[str]:
        return [str(text) for texts in self.form.errors.values() for text in texts]

    @property
    def title(self) -> str:
        kind = self.form.kind if self.is_understood else None
        return (kind.plural or kind.name) if kind else _("L’annuaire de santé mentale")

    @property
    def place(self) -> Place | None:
        return self.form.cleaned_data.get("pres") if self.is_understood else None

    @property
    def where(self) -> str:
        if not self.place:
            return ""
        words = {"place": self.place.name, "km": self.form.cleaned_data["km"]}
        return _("%(place)s, à moins de %(km)s km, et ce qui reçoit ses habitants") % words

    @cached_property
    def _found(self) -> list[Any]:
        entries = _entries()
        if self.form.kind:
            entries = entries.filter(type__code=self.form.kind.code)
        entries = _around(entries, self.place, int(self.form.cleaned_data["km"] or USUAL_KM))
        kept = entries.select_related("type", "commune", "locale", "cmppage")
        found = list(kept[: MOST_SHOWN + 1])
        prefetch_related_objects(found, "closures")
        return found

    @property
    def lines(self) -> list[ResultCard]:
        if not self.is_understood:
            return []
        place = self.place
        commune = Commune(code=place.code, name=place.name) if place else None
        shown = enumerate(self._found[:MOST_SHOWN], start=1)
        return [self._line(entry, rank, commune) for rank, entry in shown]

    def _line(self, entry: Any, rank: int, commune: Commune | None) -> ResultCard:
        """What does not say whom it serves says so; what serves the place needs no word."""
        card = entry_card(entry, rank, type_label(entry.type), commune)
        if not getattr(entry, "is_unsaid", False):
            return card
        answer = serves(reception_of(entry, ServiceArea()), self.place)
        return replace(card, serves=answer.sentence)

    @property
    def has_more(self) -> bool:
        return self.is_understood and len(self._found) > MOST_SHOWN

    @property
    def directory_url(self) -> str:
        """The same choice in the directory, where it can be narrowed further."""
        directory = DirectoryPage.objects.live().filter(locale=Locale.get_default()).first()
        address = (directory.url or "") if directory else "/"
        if not self.is_understood:
            return address
        said = {"type": self.form.data["type"]} if self.form.kind else {}
        if self.place:
            said |= {"ou": self.form.data["pres"], "km": self.form.data["km"]}
        return f"{address}?{urlencode(said)}".rstrip("?")


def _around(entries: ResourceQuerySet, place: Place | None, km: int) -> ResourceQuerySet:
    """As in the results: those that serve the place, then those near it that do not say.

    A door that receives by address and does not say which ones is told in its commune alone; one
    that serves others is no answer. A masked address is near nothing: it needs no place to be
    shown.
    """
    if place is None or place.lat is None or place.lon is None:
        return entries.order_by("title", "pk")
    is_told = Q(address_is_masked=False) | Q(masked_place=MaskedPlace.COMMUNE)
    is_here = Q(commune__in=place.codes) & is_told
    may = ~Q(type__code__in=SECTORED_TYPES) | is_here
    serves = Q(pk=None) if place.is_outside else entries.serves(place.codes)
    unsaid = Q(distance__lte=km) & may & ~entries.says_area()
    is_unsaid = Case(When(serves, then=Value(False)), default=Value(True))
    near = entries.near(place.lat, place.lon).annotate(is_unsaid=is_unsaid)
    return near.filter(serves | unsaid).order_by(
        "is_unsaid", F("distance").asc(nulls_last=True), "title", "pk"
    )
