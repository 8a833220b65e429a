"""Cached check of the DNS records of the sending domain."""

from dataclasses import asdict

from django.utils import timezone

from newsletter.models import LetterSettings
from portal.mail.domain import NotADomain, State, is_passing
from portal.mail.domain.own_domain import check_own_domain


def update_domain_check() -> bool:
    """Ask the DNS and keep what it says; whether letters may leave."""
    try:
        findings = check_own_domain()
    except NotADomain as mistake:
        report = [{"name": "", "state": State.BAD, "sentence": str(mistake), "remedy": ""}]
        is_ready = False
    else:
        report = [asdict(finding) for finding in findings]
        is_ready = is_passing(findings)
    letter = LetterSettings.load()
    letter.domain_report = report
    letter.domain_is_ready = is_ready
    letter.domain_checked_at = timezone.now()
    # Somebody may be changing the other settings at this moment.
    letter.save(update_fields=["domain_report", "domain_is_ready", "domain_checked_at"])
    return is_ready
