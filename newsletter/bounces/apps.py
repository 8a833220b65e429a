from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BouncesConfig(AppConfig):
    name = "newsletter.bounces"
    label = "newsletter_bounces"
    verbose_name = _("Retours de la lettre")
