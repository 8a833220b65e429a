"""What the letter's messages say: issues, confirmations, their headers and their links."""

TRANSLATED = False  # see portal.translations.catalogues
