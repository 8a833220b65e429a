"""How messages leave, at which pace, and where they come back."""

from typing import Any

from .email_url import mail_settings
from .environment import VAR_DIR, env
from .mailbox import mailbox_settings

# Without EMAIL_URL nothing leaves: messages are written in var/mail.
ANYMAIL: dict[str, Any]
EMAIL_FILE_PATH: str
vars().update(
    mail_settings(
        env.str("EMAIL_URL", default=""),
        folder=VAR_DIR / "mail",
        webhook_secret=env.str("PORTAL_WEBHOOK_SECRET", default=""),
    )
)
# The name that the mail server signs with (DKIM), for check_mail_domain.
DKIM_SELECTOR = env.str("DKIM_SELECTOR", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portail@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# A message that somebody waits for (a sign-in code) is tried on a thread, beside the request
# that wrote it; without this, by the worker's next round only.
PORTAL_MAIL_AT_ONCE = True
# Who keeps the machine going: written to, with the coordination, when something stands still.
PORTAL_HOST_EMAIL = env.str("PORTAL_HOST_EMAIL", default="")
# At the end of requests, now and then, in case the jobs are what stopped.
PORTAL_WATCH_FROM_WEB = True
# The letter leaves at this pace at most, evenly; what the mail host allows. 0: no limit.
PORTAL_MAIL_PER_SECOND = env.float("PORTAL_MAIL_PER_SECOND", default=10)
# A message whose sender was killed may have left: « send » again, or « stop » there.
PORTAL_MAIL_IF_UNCERTAIN = env.str("PORTAL_MAIL_IF_UNCERTAIN", default="send")
# Where messages that fail come back, a mailbox that the portal reads; empty: to who signs.
PORTAL_BOUNCE_ADDRESS = env.str("PORTAL_BOUNCE_ADDRESS", default="")
# That mailbox, with its account: imaps://compte:motdepasse@imap.example.org/INBOX
PORTAL_BOUNCE_MAILBOX = mailbox_settings(env.str("PORTAL_BOUNCE_URL", default=""))
