"""The editor's list of commitments, and what they come to by actor and by funder."""

TRANSLATED = False
