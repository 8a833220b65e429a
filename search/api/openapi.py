"""The search as public data is described in ``openapi.yaml``."""

from portal.api.openapi import register_openapi
from portal.base import choices
from portal.geo import place
from search import contracts
from search.api import parameters

register_openapi(
    "recherche",
    __file__,
    choices=choices,
    contracts=contracts,
    parameters=parameters,
    place=place,
)
