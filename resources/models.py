from django.utils.translation import gettext_lazy as _

from search.models import SearchablePage


class ResourcePage(SearchablePage):
    """A place or a service of the directory."""

    personal_fields = ()
    page_description = _("Un lieu ou un service de l’annuaire.")

    class Meta:
        verbose_name = _("fiche de l’annuaire")
