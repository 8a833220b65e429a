from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Accueil")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from home.models import GlossaryPage
        from portal.base.glossary import forget_lexicons

        # Acronyms point to the lexicon page wherever it is.
        for signal in (post_save, post_delete):
            signal.connect(forget_lexicons, sender=GlossaryPage)
