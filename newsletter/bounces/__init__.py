"""What comes back once a letter has left: refusals, complaints, wishes to leave."""

TRANSLATED = False  # see portal.translations.catalogues
