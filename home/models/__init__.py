from home.models.contact import ContactMessage, ContactPage
from home.models.crisis import CrisisPage
from home.models.glossary import GlossaryPage
from home.models.governance import GovernanceBody, PtsmArticulation, PtsmDocument
from home.models.home_page import HomePage
from home.models.meeting import Meeting, MeetingDecision
from home.models.need import NeedPage
from home.models.period_report import PeriodReport
from home.models.ptsm import PtsmPage
from home.models.region import RegionalPortal
from home.models.rights import RightsPage
from home.models.seeding import SeededObject
from home.models.standard import StandardPage
from home.models.territory import TerritoryIndexPage, TerritoryPage
from home.models.youth import YouthPage

__all__ = [
    "ContactMessage",
    "ContactPage",
    "CrisisPage",
    "GlossaryPage",
    "GovernanceBody",
    "HomePage",
    "Meeting",
    "MeetingDecision",
    "NeedPage",
    "PeriodReport",
    "PtsmArticulation",
    "PtsmDocument",
    "PtsmPage",
    "RegionalPortal",
    "RightsPage",
    "SeededObject",
    "StandardPage",
    "TerritoryIndexPage",
    "TerritoryPage",
    "YouthPage",
]
