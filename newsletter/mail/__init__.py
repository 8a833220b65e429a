"""Messages of the letter: issues, confirmations, their headers and links."""

TRANSLATED = False  # see portal.translations.catalogues
