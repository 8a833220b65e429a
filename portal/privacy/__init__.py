TRANSLATED = False  # see portal.base.catalogues
