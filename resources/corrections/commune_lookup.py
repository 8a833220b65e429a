"""Lookup of a commune of the department by a typed name or postcode."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.geo.departments import departments
from portal.geo.lookup import look_up_place, towns_to_choose
from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from portal.geo.place import PlaceMode

_LONGEST = 90


class CommuneLookup:
    """What was typed in « Commune ou code postal », and which of the choices was taken."""

    def __init__(self, text: str, chosen: str) -> None:
        self.text = text[:_LONGEST].replace("\0", "").strip()
        self.chosen = chosen

    @cached_property
    def found(self) -> list[Commune]:
        """The communes of the department that the words may mean, the likeliest first."""
        if not self.text:
            return []
        named = look_up_place(self.text)
        places = [named.place, *named.choices] if named.place else []
        if named.place and named.place.is_area:
            codes = [town.code for town in towns_to_choose(named.place)]
        else:
            codes = [
                place.code
                for place in places
                if not place.is_outside and place.mode != PlaceMode.DEPARTMENT
            ]
        rows = Commune.objects.in_department().in_bulk(codes)
        return [rows[code] for code in codes if code in rows]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What to choose from when the words mean several; empty otherwise."""
        if len(self.found) < 2:
            return []
        return [(commune.pk, short_commune_name(commune.name)) for commune in self.found]

    @property
    def commune(self) -> Commune | None:
        if len(self.found) == 1:
            return self.found[0]
        return next((one for one in self.found if one.pk == self.chosen), None)

    @property
    def mistake(self) -> str:
        """What is wrong with the words; nothing when they name one commune or several."""
        if self.found:
            return ""
        home = departments().get(settings.PORTAL_DEPARTEMENT)
        words = _("« %(text)s » n’est pas une commune de ce département (%(department)s).")
        return words % {"text": self.text, "department": home.name if home else ""}
