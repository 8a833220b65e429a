"""The record of this PTSM is described in ``openapi.yaml``."""

from home import choices, open_data
from portal.api.openapi import register_openapi
from portal.base import choices as public

register_openapi("ptsm", __file__, choices=choices, open_data=open_data, public=public)
