from typing import Self

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from wagtail.models import PageViewRestriction

from resources.choices import Status
from resources.models.place import PlaceQuerySet

#: The lists of an entry whose rows are read only when there are some.
LISTS = (
    "phones",
    "closures",
    "notices",
    "services",
    "coverage_territories",
    "coverage_communes",
    "linked_actions",
    "referents",
)


class ResourceQuerySet(PlaceQuerySet):
    """Sentences about the entries of the directory."""

    def listed(self) -> Self:
        """Those that readers find, with what one line of a list needs."""
        return (
            self.open_to_all()
            .exclude(status=Status.CLOSED)
            .select_related("type", "commune")
            .annotate(has_closures=self._has_any("closures"))
        )

    def open_to_all(self) -> Self:
        """Published and behind no restriction, said in the same query as the rest."""
        restrictions = PageViewRestriction.objects.annotate(
            entry_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        )
        return self.live().filter(
            ~Exists(restrictions.filter(entry_path__startswith=F("page__path")))
        )

    def in_source_language(self) -> Self:
        """Those that editors write: their translations follow them."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def with_all_facts(self) -> Self:
        """With the rows that a page points to, and which of its lists are empty.

        One query then stands for the ten that Django would make one by one.
        """
        lists = {f"has_{name}": self._has_any(name) for name in LISTS if self._knows(name)}
        return self.select_related(*self.model.fact_keys).annotate(**lists)

    def _knows(self, name: str) -> bool:
        """Whether entries have this list: other apps may add some of them."""
        return any(field.name == name for field in self.model._meta.get_fields())

    def _has_any(self, name: str) -> Exists:
        field = self.model._meta.get_field(name)
        if field.many_to_many:
            relation = field if hasattr(field, "through") else field.remote_field
            return Exists(relation.through.objects.filter(resourcepage=OuterRef("pk")))
        own = {field.field.name: OuterRef("pk")}
        return Exists(field.related_model.objects.filter(**own))

    def exportable(self) -> Self:
        """Those that open data may hold: never an example."""
        return self.open_to_all().filter(is_example=False)
