from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Actualités")

    def ready(self) -> None:
        from newsletter import letter_changes, periodic_jobs, signals, webhooks  # noqa: F401
        from newsletter.services import persons  # noqa: F401
