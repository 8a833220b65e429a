from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingChange(models.Model):
    """A document that the search server has not been told about yet.

    Written in the transaction of the change, only when the portal has such a server, and
    deleted once the server has taken it: a server that is away loses nothing.
    """

    unseen_by_readers = True
    personal_fields = ()

    key = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("changement à envoyer")
        verbose_name_plural = _("changements à envoyer")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
