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


class PageToIndex(models.Model):
    """A mark: this page has changed, and the search of the portal does not know it yet.

    Written in the transaction of the change, deleted in the one that indexes the page, right after
    (``search.services.after_commit``). What a process that died has left is found by its mark.
    """

    unseen_by_readers = True
    personal_fields = ()

    page_id = models.PositiveBigIntegerField(db_index=True)
    # What else follows from a publication is made anew too.
    is_published = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("page à indexer")
        verbose_name_plural = _("pages à indexer")

    def __str__(self) -> str:
        return str(self.page_id)
