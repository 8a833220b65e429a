"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentAccessibility(models.TextChoices):
    """Whether everyone can read a document of the project."""

    UNKNOWN = "inconnu", _("on ne sait pas")
    YES = "oui", _("oui")
    NO = "non", _("non")
    ELSEWHERE = "ailleurs", _("une autre version l’est")
