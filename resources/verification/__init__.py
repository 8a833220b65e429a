"""Asking structures whether their entries are still true, and believing what they answer."""

TRANSLATED = False  # see portal.translations.catalogues
