from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListingConfig(AppConfig):
    name = "resources.listing"
    label = "resources_listing"
    verbose_name = _("Résultats")
