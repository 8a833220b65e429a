"""The roadmap's open data are described in ``openapi.yaml``."""

from actions import choices
from portal.api.openapi import register_openapi
from portal.base import choices as public

register_openapi("feuille-de-route", __file__, choices=choices, public=public)
