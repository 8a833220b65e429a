"""Messages to referents, and to the coordination about them."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from portal.mail.layout import absolute
from portal.mail.models import OutgoingMessage
from portal.mail.queue import post
from portal.users.models import RoleKey, User
from resources.models import Referent, ResourcePage


def send_invitation(referent: Referent, entries: list[ResourcePage], last_day: datetime) -> None:
    """The link that makes them a referent; nothing else opens it."""
    post(
        referent.email,
        "referent_invitation",
        _("Votre structure dans l’annuaire : voulez-vous en être le référent ?"),
        entries=[entry.title for entry in entries],
        link=_invitation_url(referent),
        last_day=date_format(last_day, "j F Y"),
    )


def send_still_there(referent: Referent, entries: list[ResourcePage], last_day: datetime) -> None:
    post(
        referent.email,
        "referent_renewal",
        _("Êtes-vous toujours le référent de votre structure ?"),
        entries=[entry.title for entry in entries],
        link=_invitation_url(referent),
        cards=absolute(reverse("resources:my_entries")),
        last_day=date_format(last_day, "j F Y"),
    )


def notify_departure(referent: Referent, entries: list[ResourcePage], successor: str) -> None:
    _notify_coordination(
        _("Un référent s’en va : %(name)s"),
        referent,
        entries,
        happened=_("Cette personne a dit, depuis « Mes fiches », qu’elle s’en va."),
        successor=successor,
    )


def notify_refusal(referent: Referent, entries: list[ResourcePage]) -> None:
    _notify_coordination(
        _("Ce n’était pas la bonne personne : %(name)s"),
        referent,
        entries,
        happened=_(
            "Cette personne a répondu à votre invitation qu’elle n’est pas la bonne personne. "
            "Son nom et son adresse sont effacés de la liste des référents."
        ),
    )


def notify_silence(referent: Referent, entries: list[ResourcePage]) -> None:
    _notify_coordination(
        _("Un référent ne répond plus : %(name)s"),
        referent,
        entries,
        happened=_(
            "Rien depuis un an, et pas de réponse à notre question « toujours là ? ». Cette "
            "personne n’est plus comptée comme référente : appelez la structure, puis invitez à "
            "nouveau ou dites « Est parti »."
        ),
    )


def notify_unreachable(referent: Referent, entries: list[ResourcePage], answer: str) -> None:
    """Their address refuses what the portal sends; told once a day."""
    subject = _("L’adresse d’un référent ne reçoit plus : %(name)s")
    written = OutgoingMessage.objects.written_on_the_day_of(timezone.now(), "referent_update")
    if written.filter(subject=subject % {"name": referent.name}).exists():
        return
    _notify_coordination(
        subject,
        referent,
        entries,
        happened=_(
            "Le serveur a répondu : « %(answer)s ». Appelez la structure : corrigez l’adresse du "
            "référent puis invitez-le à nouveau, ou dites « Est parti »."
        )
        % {"answer": answer},
    )


def notify_unreachable_box(entries: list[ResourcePage], answer: str) -> None:
    """The generic address of a structure refuses what the portal sends; told once a day."""
    title = entries[0].title
    subject = _("L’adresse d’une structure ne reçoit plus : %(name)s") % {"name": title}
    written = OutgoingMessage.objects.written_on_the_day_of(timezone.now(), "referent_update")
    if written.filter(subject=subject).exists():
        return
    happened = _("Le serveur a répondu : « %(answer)s ». Appelez la structure, corrigez la fiche.")
    refused = {entry.email.lower() for entry in entries}
    for address in get_coordinator_addresses():
        if address.lower() not in refused:
            post(
                address,
                "referent_update",
                subject,
                happened=happened % {"answer": answer},
                entries=[entry.title for entry in entries],
                link=absolute(reverse("returned_addresses")),
                link_words=_("Ouvrir les adresses qui ne reçoivent plus"),
            )


def _notify_coordination(
    subject: str,
    referent: Referent,
    entries: list[ResourcePage],
    *,
    happened: str,
    successor: str = "",
) -> None:
    for address in get_coordinator_addresses():
        if address.lower() == referent.email.lower():
            continue  # who cannot be reached is not written to about it
        post(
            address,
            "referent_update",
            subject % {"name": referent.name},
            happened=happened,
            entries=[entry.title for entry in entries],
            successor=successor,
            link=absolute(reverse("referents:index")),
            link_words=_("Ouvrir la liste des référents"),
        )


def get_coordinator_addresses() -> list[str]:
    """The generic address, or else each coordinator who can still sign in."""
    if generic := PortalSettings.load().contact_email:
        return [generic]
    people = User.objects.filter(
        is_active=True, groups__portal_role__key=RoleKey.COORDINATION
    ).exclude(email="")
    return sorted(people.values_list("email", flat=True))


def _invitation_url(referent: Referent) -> str:
    return absolute(reverse("resources:invitation", args=[referent.key]))
