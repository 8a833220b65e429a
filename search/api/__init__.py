"""The search as public JSON, for partners' sites and for measuring."""

TRANSLATED = False  # see portal.translations.catalogues
