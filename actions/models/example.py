"""An invented action, which shows what a sheet can be."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExampleMixin(models.Model):
    """A page that may be an example: its page says so, and no search finds it."""

    is_example = models.BooleanField(
        _("fiche d’exemple"),
        default=False,
        db_index=True,
        help_text=_(
            "Données fictives : dit en haut de la fiche, jamais comptée, exportée ni trouvée."
        ),
    )

    class Meta:
        abstract = True

    @classmethod
    def to_index(cls) -> Any:
        found: Any = super().to_index()  # type: ignore[misc]
        return found.without_examples()

    @property
    def is_findable(self) -> bool:
        """An example is an answer to nobody."""
        return not self.is_example
