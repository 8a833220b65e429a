"""Verbs of the letter: subscribe, send, take note of what came back, forget."""

TRANSLATED = False  # see portal.translations.catalogues
