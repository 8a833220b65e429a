"""« À faire »: the one ordered list that the editor opens on, its digest, and its news by mail."""

TRANSLATED = False
