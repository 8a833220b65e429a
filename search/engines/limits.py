"""Limits of the text of a query or document that is read, the same for every engine."""

#: A reader who pastes a page is looking for its first words.
LONGEST_TEXT = 1000
MOST_STEMS = 24
MOST_SYNONYMS = 40

#: Words that are mended have so many letters.
SHORTEST_MENDED, LONGEST_MENDED = 4, 40
#: From how many letters two errors are forgiven; one below.
TWO_ERRORS = 8
MOST_MENDED = 6

#: Letters before titles are proposed.
SHORTEST_START = 2

#: Beyond this, a text is a book: its first pages are indexed.
LONGEST_BODY = 100_000
LONGEST_TITLE = 300
