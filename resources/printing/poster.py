"""The poster « Besoin d’aide ? » of a territory: one sheet of A4, whatever it has to say."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from portal.crisis.help_numbers import CRISIS_NUMBERS
from portal.geo.models import Territory
from portal.pdf.qr_code import qr_svg
from portal.pdf.registry import PdfDocument
from resources.printing.poster_entries import get_poster_entries

TRANSLATED = False

#: How many doors, and how tightly set: the first that fits on the sheet is printed.
_LAYOUTS = ((8, "roomy"), (8, "snug"), (6, "snug"), (6, "tight"), (4, "tight"), (2, "tight"))


def make_poster(base_url: str, territory: Territory | None = None) -> PdfDocument:
    """``base_url`` is that of the portal, which the QR code leads to."""
    title = _("Affiche « Besoin d’aide ? »")
    return PdfDocument(
        name=poster_name(territory.slug if territory else ""),
        label=f"{title} – {territory.name}" if territory else title,
        pages=lambda: _layouts(base_url, territory),
        base_url=base_url,
        most_pages=1,
    )


def poster_name(territory: str = "") -> str:
    """The name of its file, from the slug of a territory."""
    return f"affiche-{territory}" if territory else "affiche"


def _layouts(base_url: str, territory: Territory | None) -> list[str]:
    path = reverse("resources:near", args=[territory.slug]) if territory else "/annuaire/"
    address = base_url.rstrip("/") + path
    portal = PortalSettings.load()
    context = {
        "portal": portal,
        "place": territory.name if territory else portal.department_name,
        "first": CRISIS_NUMBERS[0],
        "numbers": CRISIS_NUMBERS[1:],
        "address": address.split("//")[-1].rstrip("/"),
        "qr": qr_svg(address, _("Code QR qui mène à %(address)s") % {"address": address}),
        "today": timezone.localdate(),
    }
    found = get_poster_entries(territory)
    tries = dict.fromkeys((min(most, len(found)), density) for most, density in _LAYOUTS)
    return [
        render_to_string(
            "printing/poster.html", {**context, "entries": found[:most], "density": one}
        )
        for most, one in tries
    ]
