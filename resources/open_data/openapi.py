"""The directory's open data are described in ``openapi.yaml``, its fields by themselves."""

from portal.api.openapi import register_openapi
from portal.api.schemas import JsonSchema
from resources.open_data import changelog
from resources.open_data.fields import FIELDS

_ENTRY = {field.name: JsonSchema(field.schema, description=field.description) for field in FIELDS}

register_openapi("annuaire", __file__, entry=_ENTRY, changelog=changelog)
