"""« Tableau des actions »: what a steering meeting looks at, on a screen or on paper."""

TRANSLATED = False
