"""Short texts about an entry that its page, lists and print share."""

from typing import Any
from urllib.parse import quote

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from portal.text.date_format import format_date
from resources.choices import EntryFreshness, EntryStatus

MAP = "https://www.openstreetmap.org"


def opening_badge(entry: Any) -> tuple[str, str]:
    """« Ouvert maintenant… » and the badge's state; empty when nothing sure can be said."""
    if entry.status != EntryStatus.OPEN:
        return entry.get_status_display(), "late"
    status = entry.opening_status
    if status is None:
        return entry.opening_times.condition(), "none"
    return status.sentence, "on" if status.is_open else "none"


def format_distance(entry: Any, commune: Commune | None) -> str:
    """« à 800 m », « à 1,2 km », « à environ 12 km », « à Aubagne »; empty when unknown."""
    kilometres = getattr(entry, "distance", None)
    if kilometres is None or commune is None:
        return ""
    if entry.distance_is_rough:
        if entry.commune_id == commune.pk:
            return short_commune_name(commune.name)
        return _("à environ %(km)s km") % {"km": max(1, round(kilometres))}
    if kilometres < 1:
        return _("à %(metres)s m") % {"metres": max(50, round(kilometres * 20) * 50)}
    decimals = 1 if kilometres < 10 else 0
    return _("à %(km)s km") % {"km": number_format(round(kilometres, decimals), decimals)}


def route_url(entry: Any) -> str:
    """Where a map shows the way: a link, that nothing follows until it is chosen."""
    if entry.public_point:
        return point_route_url(entry.public_point)
    if entry.public_address:
        return f"{MAP}/search?query={quote(entry.public_address)}"
    return ""


def point_route_url(point: tuple[float, float] | None) -> str:
    """The same for WGS 84 degrees (latitude, longitude); empty without them."""
    return f"{MAP}/directions?route=;{point[0]:.5f},{point[1]:.5f}" if point else ""


def verification_label(entry: Any) -> tuple[str, bool]:
    """Who can trust what: the words, and whether they are a warning."""
    if entry.freshness == EntryFreshness.UNKNOWN:
        return _("Jamais vérifiée par la structure."), False
    day = {"day": format_date(entry.verified_on)}
    if entry.freshness == EntryFreshness.FRESH:
        return _("Vérifiée le %(day)s") % day, False
    if entry.freshness == EntryFreshness.STALE and entry.phone:
        words = _("À vérifier : appelez avant de venir. Dernière relecture le %(day)s")
        return words % day, True
    return _("À vérifier, dernière relecture le %(day)s") % day, True
