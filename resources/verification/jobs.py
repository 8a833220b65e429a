"""What verification does by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.base.periodic import register_job
from resources.verification.asking import ask_structures

# Each hour, so that a long list is gone through in a day; each address gets one message a day.
register_job(
    "verification",
    _("Demander aux structures si leurs fiches sont justes"),
    timedelta(hours=1),
    ask_structures,
    order=60,
)
