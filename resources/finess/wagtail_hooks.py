"""« Importer FINESS » in the menu of the directory."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.imports.menu import ImportMenuItem
from resources.finess.import_types import FINESS


@hooks.register("register_directory_menu_item")
def finess_menu_item() -> MenuItem:
    return ImportMenuItem(FINESS, order=81)
