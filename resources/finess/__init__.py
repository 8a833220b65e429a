"""FINESS, the national list of health and social establishments, read as entries of the directory.

Three formats, each behind its reader (``extraction``, ``table``, ``plus``), become the same
``Establishment``; ``rows`` decides what each one is for the portal.
"""

TRANSLATED = False  # see portal.translations.catalogues
