"""Returned messages: bounces, complaints, unsubscription requests."""

TRANSLATED = False  # see portal.translations.catalogues
