"""Error reports and proposals: receipt, acknowledgement, answer, retention."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.mail.addresses import Address
from portal.mail.layout import absolute
from portal.mail.queue import post
from resources.corrections.status_labels import get_message_url, state_label
from resources.corrections.throttling import ACKNOWLEDGED, can_acknowledge
from resources.models import EntryProposal, ErrorReport, ResourcePage

TRANSLATED = False

EMAIL_KEPT_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=365)

CorrectionMessage = ErrorReport | EntryProposal


@transaction.atomic
def receive_report(
    entry: ResourcePage, *, about: str, text: str, email: Address | None, key: str
) -> ErrorReport:
    """Keep a report on the entry in the language that is corrected first, its source's."""
    report = ErrorReport.objects.create(
        entry=entry, about=about, text=text, email=email.shown if email else "", key=key
    )
    _acknowledge(report, email)
    return report


@transaction.atomic
def receive_proposal(*, email: Address | None, key: str, **facts: Any) -> EntryProposal:
    proposal = EntryProposal.objects.create(email=email.shown if email else "", key=key, **facts)
    _acknowledge(proposal, email)
    return proposal


def _acknowledge(correction: CorrectionMessage, email: Address | None) -> None:
    """A word to whoever left an address; none of what they typed: it may be somebody else's."""
    if email is None or not can_acknowledge(email):
        return
    entry = correction.entry if isinstance(correction, ErrorReport) else None
    post(
        email.shown,
        ACKNOWLEDGED,
        _("Votre message sur l’annuaire est bien arrivé"),
        preheader=_("L’équipe du PTSM le lit et vous répond."),
        entry=entry.title if entry else "",
        link=absolute(get_message_url(correction)),
    )


@transaction.atomic
def send_answer(correction: CorrectionMessage, before: tuple[str, str]) -> bool:
    """Note that somebody answered, and tell the author; whether a message was written.

    ``before``: the state and the words of before, so that saving again says nothing twice.
    """
    is_news = correction.is_answered and (correction.state, correction.answer) != before
    if is_news or not correction.is_answered:
        correction.answered_at = timezone.now() if correction.is_answered else None
    correction.save()
    if not (is_news and correction.email):
        return False
    page = correction.entry if correction.entry and correction.entry.live else None
    post(
        correction.email,
        "correction_answered",
        _("Réponse à votre message sur l’annuaire"),
        preheader=state_label(correction),
        what=_subject_sentence(correction),
        state=state_label(correction),
        words=correction.answer,
        page=absolute(page.url or "") if page else "",
        link=absolute(get_message_url(correction)),
    )
    return True


def _subject_sentence(correction: CorrectionMessage) -> str:
    if isinstance(correction, EntryProposal):
        return _("Vous avez proposé « %(name)s » pour l’annuaire.") % {"name": correction.name}
    if correction.entry is None:
        return _("Vous avez signalé une erreur dans l’annuaire.")
    return _("Vous avez signalé une erreur sur la fiche « %(name)s ».") % {
        "name": correction.entry.title
    }


def delete_old_messages(now: datetime) -> tuple[int, int]:
    """Addresses go a month after the answer, the rest after a year: how many of each."""
    emptied = forgotten = 0
    kinds: tuple[type[models.Model], ...] = (ErrorReport, EntryProposal)
    for kind in kinds:
        rows = kind._default_manager.all()
        over = rows.filter(answered_at__lt=now - EMAIL_KEPT_FOR).exclude(email="")
        emptied += over.update(email="")
        # Whoever is answered late still has a month to read it.
        recent = models.Q(answered_at__gte=now - EMAIL_KEPT_FOR)
        gone = rows.filter(received_at__lt=now - KEPT_FOR).exclude(recent)
        forgotten += gone.delete()[0]
    return emptied, forgotten


def editor_url(entry: ResourcePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[entry.pk])
