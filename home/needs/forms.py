"""The one field of a page of need: a commune, sent by GET and kept nowhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.geo.place_field import PlaceField, read_typed


class PlaceForm(forms.Form):
    """``?ou=``: any text is accepted, and cleaned of what no commune holds."""

    ou = PlaceField(label=_("Commune ou code postal"), help_text=_("Il n’est pas gardé."))

    def __init__(self, data: Any) -> None:
        super().__init__(read_typed(data, "ou"), label_suffix="")
        attributes = self.fields["ou"].widget.attrs
        # The browser keeps no list of the communes that were typed on this page.
        attributes |= {"autocomplete": "off", "aria-describedby": "id_ou_helptext"}
