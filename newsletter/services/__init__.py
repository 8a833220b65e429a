"""Services of the letter: subscribe, send, record bounces, delete what is no longer needed."""

TRANSLATED = False  # see portal.translations.catalogues
