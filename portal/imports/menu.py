"""The ways to the screens of imports, in the menus of what they fill."""

from typing import Any

from django.http import HttpRequest

from wagtail.admin.menu import MenuItem

from portal.imports.registry import ImportType


class ImportMenuItem(MenuItem):
    """One kind of import, shown to who may do it."""

    def __init__(self, kind: ImportType, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(kind.title, kind.url, icon_name="upload", **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.kind.target.allows(request.user)
