"""The field of a form where readers write a commune."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: What is read of an address; a commune or an age needs less.
_MOST_READ = 200


class PlaceField(forms.CharField):
    """A commune, an arrondissement or a postcode, as typed: what is not known is no error here."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "max_length": _("Ce nom est trop long : une commune suffit."),
            "null_characters_not_allowed": _("Ce texte contient un caractère illisible."),
        }
        super().__init__(required=False, max_length=100, error_messages=messages, **kwargs)


def read_typed(data: Mapping[str, Any], *names: str) -> dict[str, str]:
    """The parameters of an address as a form reads them: cut, and without NUL."""
    return {name: str(data.get(name, "")).replace("\0", " ")[:_MOST_READ] for name in names}
