"""Services of the home app: contact messages, translations of pages."""

from home.services.messages import queue_message, receive_message, tend_messages
from home.services.translations import (
    UntranslatedStrings,
    open_language,
    strings_to_translate,
    translate,
)

TRANSLATED = False  # see portal.translations.catalogues

__all__ = [
    "UntranslatedStrings",
    "open_language",
    "queue_message",
    "receive_message",
    "strings_to_translate",
    "tend_messages",
    "translate",
]
