"""Personal data of the letter: export and erasure of a subscriber."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.import_types import SUBSCRIBERS
from newsletter.models import Movement, Subscriber, Suppression
from newsletter.services import throttling
from newsletter.services.retention import forget
from portal.api.throttling import window_of
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.models import ImportRun
from portal.imports.runs import fail_import, read_file
from portal.mail.addresses import hash_of
from portal.privacy.address_spellings import mentions
from portal.privacy.registry import Item, register_personal_data

logger = logging.getLogger(__name__)


def find(key: str) -> list[Item]:
    """The subscription with its proof, each message that went, and what its hash remembers."""
    subscriber = Subscriber.objects.filter(email_key=key).first()
    held = [_in_words(subscriber), *_messages(subscriber)] if subscriber else []
    waiting = [
        {_("fichier à importer"): run.file_name, _("le"): run.created_at}
        for run in _waiting_imports(key)
    ]
    return [*held, *waiting, *_remembered(hash_of(key))]


def _in_words(subscriber: Subscriber) -> Item:
    consent = subscriber.consent
    return {
        _("adresse e-mail"): subscriber.email,
        _("état"): subscriber.get_state_display(),
        _("sujets"): ", ".join(topic.name for topic in subscriber.topics.all()) or _("tous"),
        _("territoire"): str(subscriber.territory or _("tous")),
        _("origine"): subscriber.get_origin_display(),
        _("accord donné le"): subscriber.consented_at,
        _("texte accepté"): f"{consent} : {consent.text}" if consent else "",
        _("preuve de l’accord"): subscriber.proof,
        _("confirmé le"): subscriber.confirmed_at,
        _("désinscrit le"): subscriber.left_at,
        _("dernière lettre"): subscriber.last_sent_at,
    }


def _messages(subscriber: Subscriber) -> list[Item]:
    return [
        {
            _("message"): str(row.mailing or row.get_kind_display()),
            _("état"): row.get_state_display(),
            _("le"): row.finished_at or row.created_at,
            _("réponse du serveur"): row.answer,
        }
        for row in subscriber.deliveries.select_related("mailing")
    ]


def _remembered(address_hash: str) -> list[Item]:
    """What is known of an address without the address: only who knows it can ask."""
    suppression = Suppression.objects.filter(address_hash=address_hash).first()
    counted = window_of(throttling.A_MONTH, address_hash)
    items: list[Item] = []
    if counted:
        items.append(
            {
                _("messages de confirmation demandés"): counted.count,
                _("comptés jusqu’au"): counted.ends_at,
            }
        )
    if suppression:
        why = {
            _("à ne plus écrire"): suppression.get_reason_display(),
            _("depuis le"): suppression.since,
        }
        return [why, *items]
    return items


def _waiting_imports(key: str) -> list[ImportRun]:
    """The files that are not written yet, and that name this address."""
    found = []
    for run in ImportRun.objects.filter(kind=SUBSCRIBERS.name).exclude(content=b""):
        try:
            rows = read_file(run).rows
        except UnreadableFile:
            continue
        if any(row.key == key or mentions(row.said, key) for row in rows):
            found.append(run)
    return found


def erase(key: str) -> int:
    """Forget a subscriber; how many things were held. The counts of the letter stay true."""
    waiting = _waiting_imports(key)
    for run in waiting:
        fail_import(run, _("Abandonné : une personne de ce fichier a demandé à être effacée."))
    subscriber = Subscriber.objects.select_for_update().filter(email_key=key).first()
    if subscriber is None:
        return len(waiting)
    if subscriber.is_active:
        Movement.objects.count_one(Movement.Kind.LEFT)
    count = 1 + subscriber.deliveries.count() + len(waiting)
    forget([subscriber.pk])
    logger.info("A subscriber was erased.")
    return count


def held() -> Iterator[tuple[str, datetime]]:
    """Each address, and the last time its owner gave it: they may have come back since."""
    rows = Subscriber.objects.values_list("email_key", "consented_at", "confirmed_at")
    for key, asked_at, confirmed_at in rows.iterator():
        yield key, max(asked_at, confirmed_at or asked_at)


def remember(address_hash: str) -> None:
    """Write to this address no more, unless its owner asks again by the form."""
    why: dict[str, Any] = {"reason": Suppression.Reason.ERASED}
    Suppression.objects.update_or_create(address_hash=address_hash, defaults=why)


register_personal_data(
    "letter",
    gettext_lazy("La lettre"),
    find,
    erase,
    held=held,
    remember=remember,
    permission="newsletter.delete_subscriber",
)
