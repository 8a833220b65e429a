"""The screens of imports, below ``/admin/importer/``."""

from django.urls import URLResolver, include, path

from wagtail import hooks

from portal.imports.views import URLS as IMPORTS


@hooks.register("register_admin_urls")
def imports_urls() -> list[URLResolver]:
    return [path("importer/", include((IMPORTS, "imports"), namespace="imports"))]
