from resources.models.children import Closure, ResourcePhone, Service
from resources.models.clsm import ClsmPage
from resources.models.cmp import CmpPage
from resources.models.directory import DirectoryPage
from resources.models.gem import GemPage
from resources.models.resource import ResourcePage
from resources.models.resource_type import ResourceType
from resources.models.sector import Sector, SectorCommune
from resources.models.sector_finder import SectorFinderPage

__all__ = [
    "Closure",
    "ClsmPage",
    "CmpPage",
    "DirectoryPage",
    "GemPage",
    "ResourcePage",
    "ResourcePhone",
    "ResourceType",
    "Sector",
    "SectorCommune",
    "SectorFinderPage",
    "Service",
]
