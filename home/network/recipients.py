"""Who a message would go to: one line an address, whoever asked for none left out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from actions.choices import CLOSED, PartnerRole
from actions.models import ActionPage, Pilot
from actions.models.action_inlines import ActionPartner
from home.network.models import Audience, NetworkRefusal
from portal.mail.addresses import InvalidAddress, hash_of, normalise
from resources.choices import EntryStatus
from resources.models import Referent, ResourcePage

TRANSLATED = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, whose it is, and why it is written to (« vous êtes référent de… »)."""

    address: str
    address_hash: str
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class RecipientList:
    """``people`` are written to; ``refused`` counts who asked for no message of this kind."""

    people: list[Recipient] = field(default_factory=list)
    refused: int = 0
    without_address: int = 0


def find_recipients(audience: dict[str, Any]) -> RecipientList:
    """Read the audience of a message (``NetworkMessage.audience``) as it is today."""
    who = set(audience.get("who", ()))
    entries = _entries(audience.get("types", ()), audience.get("territories", ()))
    found: dict[str, Recipient] = {}
    without = 0
    sources = (
        (Audience.REFERENTS, lambda: _referents(entries)),
        (Audience.PILOTS, lambda: _pilots(entries, audience)),
        (Audience.PARTNERS, lambda: _structures(entries)),
    )
    for name, read in sources:
        if name not in who:
            continue
        for address, whose, because in read():
            known = _known_address(address)
            if known is None:
                without += 1
            else:
                shown, digest = known
                found.setdefault(digest, Recipient(shown, digest, whose, because))
    refused = set(
        NetworkRefusal.objects.filter(address_hash__in=found).values_list("address_hash", flat=True)
    )
    people = [one for digest, one in found.items() if digest not in refused]
    people.sort(key=lambda one: one.name.casefold())
    return RecipientList(people, len(refused), without)


def _known_address(address: str) -> tuple[str, str] | None:
    try:
        read = normalise(address)
    except InvalidAddress:
        return None
    return read.shown, hash_of(read.key)


def _entries(types: Collection[int], territories: Collection[int]) -> QuerySet[ResourcePage]:
    """The published entries of these types and territories; all of them when none is named.

    The demonstration shows true structures, and writes to its examples only.
    """
    is_demo = bool(getattr(settings, "PORTAL_IS_DEMO", False))
    entries = (
        ResourcePage.objects.live()
        .in_source_language()
        .filter(alias_of=None, is_example=is_demo)
        .exclude(status=EntryStatus.CLOSED)
    )
    if types:
        entries = entries.filter(type__in=types)
    if territories:
        here = Q(commune__territories__in=territories) | Q(coverage_territories__in=territories)
        entries = entries.filter(pk__in=ResourcePage.objects.filter(here).values("pk"))
    return entries


_Found = Iterator[tuple[str, str, str]]


def _referents(entries: QuerySet[ResourcePage]) -> _Found:
    people = Referent.objects.active().filter(entries__in=entries.values("pk")).distinct()
    for one in people.prefetch_related("entries"):
        titles = ", ".join(entry.title for entry in list(one.entries.all())[:2])
        yield one.email, one.name, _("vous êtes référent de %(entry)s") % {"entry": titles}


def _structures(entries: QuerySet[ResourcePage]) -> _Found:
    for title, email in entries.order_by("title").values_list("title", "email"):
        because = _("%(entry)s est dans l’annuaire") % {"entry": title}
        yield email, title, because


def _pilots(entries: QuerySet[ResourcePage], audience: dict[str, Any]) -> _Found:
    """Who says how far an action is, and the structures that lead it: their referents, else their
    generic address.

    The address of the action itself too, and people of structures without an entry, when nothing
    narrows the structures.
    """
    open_actions = ActionPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    open_actions = open_actions.exclude(status__in=CLOSED)
    led = ActionPartner.objects.filter(
        role__in=(PartnerRole.PILOT, PartnerRole.COPILOT),
        page__in=open_actions.values("pk"),
        resource__in=entries.values("pk"),
    ).select_related("resource", "page")
    referents = Referent.objects.active().prefetch_related("entries")
    by_entry: dict[int, list[Referent]] = {}
    for one in referents:
        for entry in one.entries.all():
            by_entry.setdefault(entry.pk, []).append(one)
    is_narrowed = bool(audience.get("types") or audience.get("territories"))
    yield from _named_pilots(led.values("page") if is_narrowed else open_actions.values("pk"))
    for partner in led:
        because = _("%(entry)s pilote l’action %(action)s") % {
            "entry": partner.resource.title,
            "action": partner.page.reference,
        }
        people = by_entry.get(partner.resource_id, [])
        for one in people:
            yield one.email, one.name, because
        if not people:
            yield partner.resource.email, partner.resource.title, because
    if not is_narrowed:
        for action in open_actions.exclude(contact_email=""):
            because = _("vous suivez l’action %(action)s") % {"action": action.reference}
            yield action.contact_email, action.get_admin_display_title(), because


def _named_pilots(actions: QuerySet) -> _Found:
    pilots = Pilot.objects.active().filter(actions__in=actions).distinct()
    for pilot in pilots.prefetch_related("actions"):
        references = ", ".join(action.reference for action in list(pilot.actions.all())[:3])
        yield (
            pilot.email,
            pilot.name,
            _("vous pilotez l’action %(action)s") % {"action": references},
        )
