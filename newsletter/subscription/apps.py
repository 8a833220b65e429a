from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionConfig(AppConfig):
    name = "newsletter.subscription"
    label = "newsletter_subscription"
    verbose_name = _("Inscription à la lettre")
