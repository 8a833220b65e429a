"""Logs that name nobody: what opens a person's letter, and e-mail addresses, are masked."""

import logging
import re

MASK = "…"

# Whoever holds what follows may confirm, change or end somebody's subscription.
_TOKEN = re.compile(
    r"(/(?:lettre/(?:confirmer|preferences|desinscription)|verifier|invitation|signalement"
    r"|proposition)/)[^/\s?#\"'<>]+"
)
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def mask_personal_data(text: str) -> str:
    """The same text, which can be kept or shown without telling of whom."""
    return _ADDRESS.sub(MASK, _TOKEN.sub(rf"\1{MASK}", text))


class MaskingFormatter(logging.Formatter):
    """Masks the line as it will be written, traceback included: a filter would see its parts."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_personal_data(super().format(record))
