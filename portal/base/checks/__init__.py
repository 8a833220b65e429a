"""System checks: conventions of the project, and settings that are unsafe in public."""

from portal.base.checks import conventions, production

TRANSLATED = False  # see portal.translations.catalogues

__all__ = ["conventions", "production"]
