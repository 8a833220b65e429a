"""The communes that no sector names yet: what is left to say of « Mon CMP »."""

from django.conf import settings

from portal.geo.models import Commune
from resources.models import Sector


def communes_without_sector() -> list[Commune]:
    """Whole communes of the department, the most populated first."""
    named = Sector.objects.values("sector_communes__commune")
    communes = Commune.objects.in_department(settings.PORTAL_DEPARTEMENT)
    whole = communes.filter(parent=None).exclude(pk__in=named)
    # A town that is divided has its sectors in its quarters.
    divided = Commune.objects.exclude(parent=None).filter(pk__in=named).values("parent")
    return list(whole.exclude(pk__in=divided).order_by("-population", "name"))
