"""What apps hear when a portal is restored."""

from django.dispatch import Signal

#: Sent while the restored database is still beside: what it would do by itself and may have been
#: done since the archive was made (a letter that was sent) is held back. Receivers return a French
#: sentence for whoever restores, or nothing.
database_restored = Signal()
