"""« Bilan »: what a period brought, in tables that are read, printed, edited and exported."""

TRANSLATED = False
