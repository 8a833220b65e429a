from typing import Self

from django.conf import settings
from django.db import models

from portal.geo.names import fold


class CommuneQuerySet(models.QuerySet):
    """Querysets of communes."""

    def in_department(self, department: str | None = None) -> Self:
        """Communes of one department (INSEE code), the portal's own by default."""
        return self.filter(department=department or settings.PORTAL_DEPARTEMENT)

    def matching(self, text: str) -> Self:
        """Those whose name or postcode is ``text``, arrondissements before whole communes.

        A number is read as a postcode, never as an INSEE code: 13003 is both, and people
        know the first.
        """
        text = text.strip()
        if text.isdigit() and len(text) == 5:
            return self.filter(postcodes__contains=f"|{text}|").order_by("kind", "slug")
        return self.filter(slug=fold(text))
