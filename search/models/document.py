from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base.fields import CodesField


class IndexedDocument(models.Model):
    """A document as it was last indexed: the embedded engine's table, and what a search
    server is compared with.

    Written in the transaction of the page it tells of, so the two cannot differ. The words
    to match live beside it, analysed, in ``search_text`` (see the migrations).
    """

    personal_fields = ()

    key = models.CharField(max_length=60, unique=True)
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=12)
    is_entry = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    kind_words = models.TextField(blank=True, default="")
    summary = models.TextField(blank=True, default="")
    body = models.TextField(blank=True, default="")
    url = models.CharField(max_length=500)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    is_rough = models.BooleanField(default=False)
    communes = CodesField(max_length=None, db_default="")
    # « |public:adultes|pratique:gratuit| »: one column to group by gives every count at once.
    facets = CodesField(max_length=None, db_default="")
    digest = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("document indexé")
        verbose_name_plural = _("documents indexés")
        indexes = [
            models.Index(fields=["language", "is_entry", "kind"], name="document_scope"),
        ]

    def __str__(self) -> str:
        return self.title
