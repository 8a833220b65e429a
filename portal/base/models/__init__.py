from portal.base.models.index_page import IndexPage
from portal.base.models.left_out_item import LeftOutItem
from portal.base.models.page import BasePage
from portal.base.models.settings import PortalSettings

__all__ = ["BasePage", "IndexPage", "LeftOutItem", "PortalSettings"]
