"""The one field of a page of need: a commune, sent by GET and kept nowhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: What is read of an address; a commune needs less.
_MOST_READ = 200


class PlaceForm(forms.Form):
    """``?ou=``: any text is accepted, and cleaned of what no commune holds."""

    ou = forms.CharField(
        label=_("Commune ou code postal"),
        help_text=_("Il n’est pas gardé."),
        required=False,
        max_length=100,
        error_messages={
            "max_length": _("Ce nom est trop long : une commune suffit."),
            "null_characters_not_allowed": _("Ce texte contient un caractère illisible."),
        },
    )

    def __init__(self, data: Any) -> None:
        typed = str(data.get("ou", "")).replace("\0", " ")[:_MOST_READ]
        super().__init__({"ou": typed}, label_suffix="")
        attributes = self.fields["ou"].widget.attrs
        # The browser keeps no list of the communes that were typed on this page.
        attributes |= {"autocomplete": "off", "aria-describedby": "id_ou_helptext"}
