"""« Près de chez vous »: the commune that was typed, and what the page says of it."""

from urllib.parse import urlencode

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.needs.doors import DoorCard, DoorsWanted, find_doors
from home.needs.forms import PlaceForm
from portal.geo.lookup import look_up_place, towns_to_choose
from portal.geo.names import short_commune_name
from portal.geo.place import Place, PlaceFound, PlaceMode


class PlaceChoice:
    """A place that the reader may have meant, and the address of the same page for it."""

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.url = f"?{urlencode({'ou': where})}#pres-de-chez-vous"


class DoorFinder:
    """One commune, for one page: what was understood and the doors found.

    ``types`` are the codes of the types of places that the page leads to; ``age`` in years.
    """

    def __init__(self, types: list[str], age: int | None, locale_id: int, query: QueryDict) -> None:
        self.types = types
        self._age = age
        self._locale_id = locale_id
        self.form = PlaceForm(query)
        self.is_empty = "ou" in query and not self.form.data["ou"].strip()

    @cached_property
    def asked(self) -> str:
        self.form.is_valid()
        return self.form.cleaned_data.get("ou", "")

    @property
    def field(self) -> BoundField:
        """The field, which names its error when there is one."""
        field = self.form["ou"]
        if self.error:
            field.field.widget.attrs |= {
                "aria-describedby": "id_ou_helptext id_ou_error",
                "aria-invalid": "true",
            }
        return field

    @property
    def error(self) -> str:
        """What is wrong with what was typed, tied to its field; empty when nothing is."""
        if errors := self.form["ou"].errors:
            return str(errors[0])
        if self.is_unknown:
            return _("Nous ne connaissons pas cette commune. Vérifiez son nom ou son code postal.")
        if self.is_outside:
            return _("Cette commune est dans un autre département : %(department)s.") % {
                "department": self.outside_department
            }
        if self.needs_commune:
            return _("Écrivez une commune : chaque lieu reçoit certaines communes seulement.")
        if self.is_empty:
            return _("Écrivez une commune ou un code postal.")
        return ""

    @cached_property
    def _found(self) -> PlaceFound:
        return look_up_place(self.asked)

    @property
    def place(self) -> Place | None:
        """The commune or arrondissement, when one of the department was understood."""
        place = self._found.place
        is_town = place and place.mode is not PlaceMode.DEPARTMENT and not place.is_area
        return place if is_town and not self.is_outside else None

    @property
    def place_name(self) -> str:
        return short_commune_name(self.place.name) if self.place else ""

    @property
    def is_unknown(self) -> bool:
        return bool(self.asked) and self._found.place is None

    @property
    def is_outside(self) -> bool:
        return self._found.place is not None and self._found.place.is_outside

    @property
    def outside_department(self) -> str:
        return self._found.place.department if self._found.place else ""

    @property
    def needs_commune(self) -> bool:
        """« Bouches-du-Rhône » and « Pays d’Aix » are no place to live at."""
        return self._found.place is not None and not self.is_outside and self.place is None

    @cached_property
    def choices(self) -> list[PlaceChoice]:
        """What is left open: an arrondissement, a commune of an area, places of the same name."""
        if towns := towns_to_choose(self._found.place):
            return [PlaceChoice(short_commune_name(town.name), town.name) for town in towns]
        return [
            PlaceChoice(
                f"{place.name} ({place.department})" if place.department else place.name,
                f"{place.postcode} {place.name}".strip(),
            )
            for place in self._found.choices
            if place.mode is not PlaceMode.DEPARTMENT
        ]

    @cached_property
    def doors(self) -> list[DoorCard]:
        """None while no commune of the department was understood."""
        if self.place is None or self.form.errors:
            return []
        return find_doors(DoorsWanted(tuple(self.types), self.place, self._age), self._locale_id)

    def __bool__(self) -> bool:
        """Whether the page leads to places at all."""
        return bool(self.types)
