TRANSLATED = False  # see portal.translations.catalogues
