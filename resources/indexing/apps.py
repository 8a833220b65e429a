from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndexingConfig(AppConfig):
    name = "resources.indexing"
    label = "resources_indexing"
    verbose_name = _("Index de l’annuaire")
