"""The message that asks a structure to verify its entries: the facts and two links of each."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.mail.queue import post
from portal.reminders.links import VALID_FOR
from resources.entry.services import service_lines
from resources.models import ResourcePage, VerificationRequest
from resources.verification.tokens import get_answer_url, get_correction_url

KIND = "verification_request"


class MessageFact(NamedTuple):
    """A line of the entry, as its public page says it; nothing that is masked."""

    term: str
    lines: list[str]


def get_facts(entry: ResourcePage) -> list[MessageFact]:
    """What a person of the place sees at once to be true or false."""
    times = entry.opening_times
    others = [f"{phone.number} ({phone.label})" for phone in entry.phone_list]
    facts = [
        MessageFact(_("Téléphone"), [entry.phone, *others]),
        MessageFact(_("Horaires"), [*times.week_lines(), entry.hours_note, *times.notes()]),
        *([MessageFact(_("Services"), service_lines(entry))] if entry.service_list else []),
        MessageFact(_("Adresse"), [entry.public_place or _hidden_address(entry)]),
        MessageFact(_("Adresse e-mail"), [entry.email]),
        MessageFact(_("Site"), [entry.website]),
    ]
    shown = [MessageFact(fact.term, [line for line in fact.lines if line]) for fact in facts]
    return [fact if fact.lines else MessageFact(fact.term, [_("non renseigné")]) for fact in shown]


def _hidden_address(entry: ResourcePage) -> str:
    return _("tenue secrète : elle n’est montrée à personne") if entry.address_is_masked else ""


def send_message(address: str, requests: list[VerificationRequest], *, is_reminder: bool) -> None:
    """One message for all that is asked of one address, in the transaction under way."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _subject(len(requests), is_reminder)
        post(
            address,
            KIND,
            subject,
            preheader=_("Deux clics si tout est juste, sans mot de passe."),
            days=VALID_FOR.days,
            is_reminder=is_reminder,
            asked=[_message_context(request) for request in requests],
        )


def _subject(number: int, is_reminder: bool) -> str:
    subject = ngettext(
        "Votre fiche dans l’annuaire est-elle toujours juste ?",
        "Vos %(number)s fiches dans l’annuaire sont-elles toujours justes ?",
        number,
    ) % {"number": number}
    return _("Rappel : %(subject)s") % {"subject": subject} if is_reminder else subject


def _message_context(request: VerificationRequest) -> dict[str, Any]:
    entry = request.entry
    return {
        "title": entry.title,
        "facts": get_facts(entry),
        "ok_link": get_answer_url(request),
        "correct_link": get_correction_url(request),
    }
