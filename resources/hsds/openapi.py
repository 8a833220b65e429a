"""The HSDS API is described in ``openapi.yaml``, which is also a document of its own."""

from portal.api.openapi import register_openapi
from resources.hsds import filters, parameters

#: Where the standard keeps its schemas; nobody here reads them, a reader's tools do.
STANDARD = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema"

register_openapi("hsds", __file__, filters=filters, parameters=parameters, standard=STANDARD)
