from enum import IntEnum
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base.fields import CodesField
from search.models.live_generation import LiveIndex


class DocumentQuerySet(models.QuerySet):
    """Sentences about indexed documents."""

    def live(self) -> Self:
        """Those that answer now: not those of an index that is being built."""
        return self.filter(generation=LiveIndex.current())


class IndexedDocument(models.Model):
    """A document as it was last indexed: the embedded engine's table, and what a search
    server is compared with.

    Written in the transaction of the page it tells of, so the two cannot differ. The words
    to match live beside it, analysed, in ``search_text`` (see the migrations); what it is
    counted and sorted by, in ``DocumentTraits``.
    """

    personal_fields = ()

    generation = models.BigIntegerField(default=0)
    key = models.CharField(max_length=60)
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
    # A service of the whole department lists all its communes.
    communes = CodesField(max_length=10_000, db_default="")
    # Whom it receives, as ``ServiceArea.codes`` writes it.
    area = CodesField(max_length=10_000, db_default="")
    # What ``serves_hit`` reads of it beside its area; given back as it was written.
    received = models.TextField(blank=True, default="", db_default="")
    # « |sa-matin|di-inconnu| », as ``search.opening_slots`` has it.
    openings = CodesField(max_length=1_000, db_default="")
    # « |public:adultes|pratique:gratuit| »
    facets = CodesField(max_length=2_000, db_default="")
    digest = models.CharField(max_length=40)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document indexé")
        verbose_name_plural = _("documents indexés")
        constraints = [
            models.UniqueConstraint(fields=["generation", "key"], name="one_document_a_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Rank(IntEnum):
    """Entries of the directory come before pages. (A boolean would miss SQLite's indexes.)"""

    ENTRY = 0
    PAGE = 1


class FacetSet(models.Model):
    """All that filters know of a document but its distance: many documents share few of them.

    Whom it receives is part of it: a department has few areas. Counting by its number, rather
    than by its codes, is what makes facets fast. Two rows may say the same: writers never wait
    for each other.
    """

    personal_fields = ()

    language = models.CharField(max_length=12)
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    facets = CodesField(max_length=2_000)
    area = CodesField(max_length=10_000, db_default="")

    class Meta:
        indexes = [models.Index(fields=["language", "kind"], name="facet_set_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.facets}"


class DocumentTraits(models.Model):
    """What a document is counted and sorted by; without its texts, for speed.

    Its number is that of the document. No foreign key: as a primary key, it would cost
    SQLite a second index to go through for each document that is counted.
    """

    personal_fields = ()

    generation = models.BigIntegerField()
    rank = models.PositiveSmallIntegerField()
    facet_set = models.ForeignKey(FacetSet, on_delete=models.PROTECT, db_index=False)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # Its only commune; empty when it has several, or none.
    commune = models.CharField(max_length=5, blank=True)
    communes = CodesField(max_length=10_000)
    # ``mask_of`` its openings: one integer, that any database can test.
    openings = models.BigIntegerField(default=0, db_default=0)
    sort_title = models.CharField(max_length=300)

    class Meta:
        indexes = [
            # Counting by facet set reads this index alone.
            models.Index(fields=["facet_set", "generation"], name="traits_facets"),
            models.Index(fields=["lat"], name="traits_lat"),
            models.Index(fields=["commune"], name="traits_commune"),
            models.Index(fields=["rank", "sort_title"], name="traits_title"),
        ]

    def __str__(self) -> str:
        return self.sort_title


class TitleWord(models.Model):
    """A word of a title, folded: what the first letters of a question are compared with."""

    personal_fields = ()

    document = models.ForeignKey(
        IndexedDocument, on_delete=models.CASCADE, related_name="title_words"
    )
    generation = models.BigIntegerField()
    language = models.CharField(max_length=12)
    rank = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=60)
    sort_title = models.CharField(max_length=300)

    class Meta:
        indexes = [
            models.Index(
                fields=["generation", "language", "rank", "word", "sort_title"],
                name="title_word_start",
            ),
        ]

    def __str__(self) -> str:
        return self.word


class Word(models.Model):
    """A word that the documents of a language use: what typing errors are mended with.

    ``folded`` has no accent, ``shown`` is as it was first met. Two rows may say the same.
    """

    personal_fields = ()

    language = models.CharField(max_length=12)
    folded = models.CharField(max_length=60)
    shown = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["language", "folded"], name="word_folded")]

    def __str__(self) -> str:
        return self.shown
