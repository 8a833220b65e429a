"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommuneKind(models.TextChoices):
    """A whole commune, or a municipal arrondissement of Paris, Lyon or Marseille."""

    COMMUNE = "commune", _("commune")
    ARRONDISSEMENT = "arrondissement", _("arrondissement municipal")
