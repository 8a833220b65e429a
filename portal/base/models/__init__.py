from portal.base.models.blocked import BlockedPublication
from portal.base.models.glossary import GlossaryTerm
from portal.base.models.help_line import HelpLine
from portal.base.models.imports import ImportedObject, ImportRun
from portal.base.models.outgoing import OutgoingMessage
from portal.base.models.page import BasePage
from portal.base.models.periodic import PeriodicJob
from portal.base.models.second_person import SecondPersonTask
from portal.base.models.settings import PortalSettings

__all__ = [
    "BasePage",
    "BlockedPublication",
    "GlossaryTerm",
    "HelpLine",
    "ImportRun",
    "ImportedObject",
    "OutgoingMessage",
    "PeriodicJob",
    "PortalSettings",
    "SecondPersonTask",
]
