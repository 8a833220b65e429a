"""Who gets the letter: asking for it, choosing, leaving. No mail leaves here: the ledger
is given a row, which the sender finds.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from newsletter.models import ConsentText, Delivery, Movement, Subscriber, Suppression, Topic
from newsletter.models.subscriber import new_token
from newsletter.services import throttling
from newsletter.services.confirmation import welcome
from portal.geo.models import Territory
from portal.mail.addresses import Address, hash_of

logger = logging.getLogger(__name__)

State = Subscriber.State
_REASONS: list[str] = [State.BOUNCED, State.UNSUBSCRIBED, State.COMPLAINED]


class NotAdded(Exception):
    """Why the coordinator may not add an address, in a French sentence."""


class AlreadyThere(NotAdded):
    """The address gets the letter already: nothing to do."""


def request_subscription(
    address: Address,
    *,
    topics: Iterable[Topic],
    territory: Territory | None,
    consent: ConsentText,
    source_page: Page,
) -> None:
    """Note that somebody asks for the letter; one message goes to the address, unless it got
    one lately. Nothing tells whoever asks whether the address was known. Raises
    throttling.SubscriptionBusy.
    """
    throttling.check_not_busy()
    wish = {"territory": territory, "consent": consent, "proof": _proof(source_page.full_url or "")}
    with transaction.atomic():
        subscriber = _held(address)
        # The same work for an address that is known, then undone: it takes as long, and a
        # stranger who types it changes nothing.
        with transaction.atomic():
            _ask_anew(subscriber, address, wish, list(topics))
            transaction.set_rollback(subscriber.is_active)
        _write_to(subscriber)


def _held(address: Address) -> Subscriber:
    """The row of this address, ours until the end of the transaction.

    The same form sent twenty times at once makes one row, and each waits for its turn.
    """
    new = Subscriber(email=address.shown, email_key=address.key)
    Subscriber.objects.bulk_create([new], ignore_conflicts=True)
    return Subscriber.objects.select_for_update().get(email_key=address.key)


def _ask_anew(
    subscriber: Subscriber, address: Address, wish: dict[str, Any], topics: list[Topic]
) -> None:
    # A request made again leaves the link of the first one good: it may be on its way.
    nonce = subscriber.nonce if subscriber.state == State.PENDING else ""
    Subscriber.objects.filter(pk=subscriber.pk).update(
        **wish,
        email=address.shown,
        state=State.PENDING,
        nonce=nonce or new_token(),
        origin=Subscriber.Origin.FORM,
        consented_at=timezone.now(),
        confirmed_at=None,
        left_at=None,
    )
    _set_topics(subscriber, topics)


def _set_topics(subscriber: Subscriber, topics: list[Topic]) -> None:
    """What is chosen instead of what was, in as many queries whatever there was."""
    links = Subscriber.topics.through.objects
    # ``delete`` would first read what to delete, for signals that nobody listens to here.
    former = links.filter(subscriber=subscriber)
    former._raw_delete(former.db)
    links.bulk_create([links.model(subscriber=subscriber, topic=topic) for topic in topics])


def _write_to(subscriber: Subscriber) -> None:
    """Put one message in the ledger, unless one waits there or the address got its share."""
    is_waiting = subscriber.deliveries.filter(mailing=None).unfinished().exists()
    if is_waiting or not throttling.may_write_to(hash_of(subscriber.email_key)):
        return
    kind = Delivery.Kind.KNOWN if subscriber.is_active else Delivery.Kind.CONFIRM
    Delivery.objects.create(subscriber=subscriber, kind=kind)


def _proof(words: str) -> str:
    return words.strip()[: Subscriber._meta.get_field("proof").max_length]


def find_by_token(token: str) -> Subscriber | None:
    """Whom the links of a letter name; nobody when it was made up, or erased since."""
    return None if "\0" in token else Subscriber.objects.filter(token=token).first()


def change_preferences(
    subscriber: Subscriber, *, topics: Iterable[Topic], territory: Territory | None
) -> None:
    """Change what a subscriber gets."""
    with transaction.atomic():
        Subscriber.objects.filter(pk=subscriber.pk).update(territory=territory)
        subscriber.topics.set(topics)


def unsubscribe_by_token(token: str) -> bool:
    """Write no more to whom a letter's link names; false when it names nobody (any more)."""
    subscriber = find_by_token(token)
    if subscriber is None:
        return False
    leave(subscriber)
    return True


@transaction.atomic
def leave(subscriber: Subscriber, state: str = State.UNSUBSCRIBED) -> bool:
    """Write to this person no more, until they ask again; true when it was not so before.

    Counted once, and only for who had confirmed. What waits in the ledger does not leave.
    """
    gone = {"state": state, "left_at": timezone.now(), "nonce": ""}
    same = Subscriber.objects.filter(pk=subscriber.pk)
    was_active = same.filter(state=State.ACTIVE).update(**gone)
    # Of several reasons the strongest stays, whatever the order in which they are told.
    settled = set(_REASONS[_REASONS.index(state) :])
    if not was_active and not same.exclude(state__in=settled).update(**gone):
        return False
    if was_active:
        is_wish = state == State.UNSUBSCRIBED
        Movement.objects.count_one(Movement.Kind.LEFT if is_wish else Movement.Kind.LOST)
    Suppression.objects.update_or_create(
        address_hash=hash_of(subscriber.email_key), defaults={"reason": Suppression.Reason(state)}
    )
    waiting = Delivery.objects.filter(subscriber=subscriber, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.CANCELLED, finished_at=timezone.now())
    subscriber.refresh_from_db()
    return True


@transaction.atomic
def add_by_staff(
    address: Address,
    topics: Iterable[Topic],
    territory: Territory | None,
    proof: str,
    user: Any = None,
    origin: str = Subscriber.Origin.STAFF,
) -> Subscriber:
    """Subscribe at once somebody whose agreement is written elsewhere, which ``proof`` says.

    Who left, or whom nothing reaches, comes back by the form only. Raises NotAdded.
    """
    if not proof.strip():
        raise NotAdded(_("Dites où et quand la personne a donné son accord."))
    if Suppression.objects.filter(address_hash=hash_of(address.key)).exists():
        raise NotAdded(_only_by_themselves())
    subscriber = _held(address)
    if subscriber.is_active:
        raise AlreadyThere(_("Cette adresse reçoit déjà la lettre."))
    if subscriber.state != State.PENDING:
        raise NotAdded(_only_by_themselves())
    now = timezone.now()
    Subscriber.objects.filter(pk=subscriber.pk).update(
        email=address.shown,
        state=State.ACTIVE,
        nonce="",
        territory=territory,
        consent=None,
        consented_at=now,
        confirmed_at=now,
        origin=origin,
        proof=_proof(proof),
    )
    subscriber.topics.set(topics)
    subscriber.refresh_from_db()
    welcome(subscriber)
    logger.info("Subscriber %s added by account %s.", subscriber.pk, getattr(user, "pk", None))
    return subscriber


def _only_by_themselves() -> str:
    return _(
        "Cette adresse ne veut plus de la lettre, ou ne la reçoit pas. Seule la personne peut "
        "se réinscrire, par le formulaire du site."
    )
