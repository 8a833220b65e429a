"""Log formatter that masks e-mail addresses, secret links, and what people asked."""

import logging
import re

MASK = "…"

# Whoever holds what follows may change a password, answer for a structure, confirm or end
# somebody's subscription. The same list is in portal/deploy/nginx/portail-ptsm.conf.
_TOKEN = re.compile(
    r"(/(?:lettre/(?:confirmer|preferences|desinscription)|messages/refuser|ou-en-est-on|verifier|invitation"
    r"|signalement|proposition|password/reset/key|confirm-email|password_reset/confirm/[^/\s?#]+)/)"
    r"(?!done/)[^/\s?#\"'<>]+"
)
# A question, a place, a position, the address of another page: in a mental-health portal, what an
# address asks says how somebody is. Short numbers (a page) are left, to understand a fault.
_ASKED = re.compile(r"""([?&](?:amp;)?[\w.%[\]-]{1,40}=)(?!\d{1,3}(?:[&#\s"'<>]|$))[^&\s#"'<>]+""")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def mask_personal_data(text: str) -> str:
    """The text without e-mail addresses, the secrets of links, and what they ask."""
    return _ADDRESS.sub(MASK, _ASKED.sub(rf"\1{MASK}", _TOKEN.sub(rf"\1{MASK}", text)))


class MaskingFormatter(logging.Formatter):
    """Masks the formatted line, traceback included; a logging filter would see its parts only."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_personal_data(super().format(record))
