from django.db import models
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce


class LiveIndex(models.Model):
    """Which generation of documents answers: one row, changed when a rebuild ends.

    Without a row, it is generation 0.
    """

    personal_fields = ()

    ROW = 1

    generation = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.generation)

    @classmethod
    def current(cls) -> Coalesce:
        """The generation that answers, as an expression to compare with."""
        row = cls.objects.filter(pk=cls.ROW).values("generation")
        return Coalesce(Subquery(row), Value(0))
