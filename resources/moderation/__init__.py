"""A change to an entry waits, is read before and after, and is approved, amended or refused."""

TRANSLATED = False  # see portal.translations.catalogues
