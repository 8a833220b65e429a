"""Verbs of the home pages: what they gather from the other apps, what they send."""

from home.services.gathering import (
    emergency_doors,
    gather_ptsm,
    help_lines,
    latest_news,
    next_events,
    pages_in_language,
)
from home.services.messages import deliver, receive_message, tend_messages
from home.services.roadmap import Roadmap, roadmap
from home.services.translations import (
    UntranslatedStrings,
    open_language,
    strings_to_translate,
    translate,
)

__all__ = [
    "Roadmap",
    "UntranslatedStrings",
    "deliver",
    "emergency_doors",
    "gather_ptsm",
    "help_lines",
    "latest_news",
    "next_events",
    "open_language",
    "pages_in_language",
    "receive_message",
    "roadmap",
    "strings_to_translate",
    "tend_messages",
    "translate",
]
