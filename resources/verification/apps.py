from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "resources.verification"
    label = "resources_verification"
    verbose_name = _("Vérification de l’annuaire")
