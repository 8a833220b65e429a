from portal.base.models.blocked import BlockedPublication
from portal.base.models.glossary import GlossaryTerm
from portal.base.models.help_line import HelpLine
from portal.base.models.page import BasePage
from portal.base.models.periodic import PeriodicJob
from portal.base.models.settings import PortalSettings

__all__ = [
    "BasePage",
    "BlockedPublication",
    "GlossaryTerm",
    "HelpLine",
    "PeriodicJob",
    "PortalSettings",
]
