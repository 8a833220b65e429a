"""What the portal counted, month after month, so that any report compares with something."""

TRANSLATED = False
