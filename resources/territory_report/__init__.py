"""« Tableau du territoire »: quality of the entries and gaps of coverage, by territory and type."""

TRANSLATED = False  # see portal.translations.catalogues
