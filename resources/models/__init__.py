from resources.models.clsm import ClsmPage
from resources.models.cmp import CmpPage
from resources.models.corrections import CorrectionState, EntryProposal, ErrorReport
from resources.models.directory_settings import DirectorySettings
from resources.models.gem import GemPage
from resources.models.inlines import Closure, Notice, ResourcePhone, Service
from resources.models.open_period import OpenDay, OpenPeriod
from resources.models.referent import Referent
from resources.models.resource import ResourcePage
from resources.models.resource_type import ResourceType
from resources.models.sector import Sector, SectorCommune
from resources.models.verification import Verification, VerificationRequest
from resources.models.view_count import DailyViews

__all__ = [
    "Closure",
    "ClsmPage",
    "CmpPage",
    "CorrectionState",
    "DailyViews",
    "DirectorySettings",
    "EntryProposal",
    "ErrorReport",
    "GemPage",
    "Notice",
    "OpenDay",
    "OpenPeriod",
    "Referent",
    "ResourcePage",
    "ResourcePhone",
    "ResourceType",
    "Sector",
    "SectorCommune",
    "Service",
    "Verification",
    "VerificationRequest",
]
