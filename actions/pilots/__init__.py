"""« Où en est-on ? »: what the people who lead actions are asked by a link, and answer."""

TRANSLATED = False
