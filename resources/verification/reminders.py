"""Verification requests: which structure is asked about which entry, and when it no longer is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from portal.reminders.rounds import BETWEEN_REMINDERS, ReminderRound
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.moderation.pending import pending_entries
from resources.verification.messages import KIND, send_message
from resources.verification.schedule import entries_to_ask, get_recipients, is_due, is_verifiable
from resources.verification.tokens import get_recipient_address, is_valid_recipient


class VerificationRound(ReminderRound):
    """« Votre fiche est-elle toujours juste ? »; an entry that nobody answered for is called."""

    name = "verification"
    kind = KIND
    requests = VerificationRequest.objects

    def select(self, requests: Any) -> Any:
        return requests.select_related("entry", "referent")

    def is_relevant(self, request: VerificationRequest, today: date) -> bool:
        """Whether the entry is open and due still, and its person there."""
        entry = request.entry
        return is_verifiable(entry) and is_due(entry, today) and is_valid_recipient(request)

    def get_late_requests(self, now: datetime) -> Iterable[VerificationRequest]:
        """Nobody is asked to confirm a fact whose change they are waiting for."""
        pending = pending_entries().order_by().values("pk")
        late: Any = super().get_late_requests(now)
        return late.exclude(entry__in=pending)  # type: ignore[no-any-return]

    def get_asks(self, now: datetime) -> Iterable[tuple[str, tuple[ResourcePage, Referent | None]]]:
        for entry in entries_to_ask(timezone.localdate(now)):
            for person in get_recipients(entry):
                yield get_recipient_address(entry, person), (entry, person)

    def create(
        self, ask: tuple[ResourcePage, Referent | None], now: datetime
    ) -> VerificationRequest:
        return create_request(*ask, now)

    def send_message(self, address: str, requests: list[Any], *, is_reminder: bool) -> None:
        send_message(address, requests, is_reminder=is_reminder)


VERIFICATIONS = VerificationRound()


def send_due_requests() -> str | None:
    """Send what is due; gives a French sentence for the report of the job, None for nothing."""
    written = VERIFICATIONS.run()
    if not written:
        return None
    return ngettext("%d structure interrogée.", "%d structures interrogées.", written) % written


def create_request(
    entry: ResourcePage, person: Referent | None, now: datetime
) -> VerificationRequest:
    return VerificationRequest.objects.create(
        entry=entry,
        referent=person,
        address=get_recipient_address(entry, person),
        sent_at=now,
        next_step_at=now + BETWEEN_REMINDERS,
    )
