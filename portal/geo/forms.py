from typing import Any

from django import forms

from portal.base.editor_forms import EditorForm
from portal.geo.models import Commune


class TerritoryForm(EditorForm):
    """Offers the communes of the portal's department only: France has 35,000."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["communes"]
        field.queryset = Commune.objects.in_department()
        field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
