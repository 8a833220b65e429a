"""Log formatter that masks e-mail addresses and secret links."""

import logging
import re

MASK = "…"

# Whoever holds what follows may change a password, answer for a structure, confirm or end
# somebody's subscription. The same list is in portal/deploy/nginx/portail-ptsm.conf.
_TOKEN = re.compile(
    r"(/(?:lettre/(?:confirmer|preferences|desinscription)|verifier|invitation|signalement"
    r"|proposition|password/reset/key|confirm-email|password_reset/confirm/[^/\s?#]+)/)"
    r"(?!done/)[^/\s?#\"'<>]+"
)
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def mask_personal_data(text: str) -> str:
    """The text without e-mail addresses and without the secrets of links."""
    return _ADDRESS.sub(MASK, _TOKEN.sub(rf"\1{MASK}", text))


class MaskingFormatter(logging.Formatter):
    """Masks the formatted line, traceback included; a logging filter would see its parts only."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_personal_data(super().format(record))
