"""The directory as the Human Services Data Specification tells it: HSDS 3.1, read only.

What HSDS calls a *service* is one service of an entry, or the entry itself when it has none;
its *organization* is the entry that the place belongs to, else the body that runs it, else the
place itself; its *location* is the place, unless its address is masked. Persons have no part.
"""

TRANSLATED = False  # see portal.translations.catalogues
