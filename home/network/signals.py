"""What comes back is noted in the history of messages."""

from home.network.services import note_returned
from portal.mail.returns import message_returned

message_returned.connect(note_returned, dispatch_uid="network_note_returned")
