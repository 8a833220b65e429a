"""What the page of an entry says of each of its services."""

from typing import Any

from django.utils.translation import gettext as _

from portal.text.date_format import format_date
from resources.opening_hours.one_line import format_week


def describe_service(service: Any) -> list[str]:
    """Sentences of what the service (``Service``) says itself; the rest is as for its place."""
    publics = service._meta.get_field("publics").labels(service.publics)
    modes = service._meta.get_field("access_modes").labels(service.access_modes)
    hours = format_week(service.opening_times)
    cost = service.get_cost_display()
    said = [
        service.summary,
        _sentence([*publics, *filter(None, [service.ages])]),
        f"{cost}." if cost else "",
        _sentence(modes),
        delay_sentence(service),
        _("Horaires : %(hours)s") % {"hours": hours[:1].lower() + hours[1:]} if hours else "",
    ]
    return [sentence for sentence in said if sentence]


def service_lines(entry: Any) -> list[str]:
    """Each service of an entry in a few words: its name, number, and what differs from the place.

    Not its summary: the page has it.
    """
    return [_line(service) for service in entry.service_list]


def _line(service: Any) -> str:
    own = [one for one in describe_service(service) if one != service.summary]
    head = f"{service.name} ({service.phone})" if service.phone else str(service.name)
    return " ".join([f"{head}\u00a0:", *own]) if own else f"{head.rstrip('.')}."


def delay_sentence(declared: Any) -> str:
    """The delay that a place or a service declared, while it can be believed."""
    if not declared.current_delay:
        return ""
    words = {
        "delay": declared.current_delay,
        "day": format_date(declared.first_delay_declared_on),
    }
    return _("Délai indiqué par le lieu : %(delay)s (le %(day)s).") % words


def _sentence(labels: list[str]) -> str:
    """« Adultes, à partir de 18 ans. »"""
    if not labels:
        return ""
    first, *others = labels
    return f"{', '.join([first, *(one[:1].lower() + one[1:] for one in others)])}."
