"""« Votre portail en une heure »: the steps that bring an empty portal to its opening.

Whether a step is done is computed from what the portal holds, each time it is asked.
"""

TRANSLATED = False  # see portal.translations.catalogues
