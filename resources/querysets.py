"""Querysets of entries: who may read them, what a list or a page needs of them."""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from wagtail.models import PageQuerySet, PageViewRestriction

from portal.geo.distance import distance_km
from resources.choices import EntryStatus

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


#: Where an entry says which communes it serves, wholly or in part: paths from ``ResourcePage``.
AREA_PATHS = (
    "coverage_communes",
    "coverage_territories__communes",
    "clsmpage__territory__communes",
    "cmppage__sectors__sector_communes__commune",
)


class PlaceQuerySet(PageQuerySet):
    """Sentences about where places are."""

    def near(self, lat: float, lon: float) -> "PlaceQuerySet":
        """Annotated with ``distance`` in kilometres, nearest first; no masked address has one.

        A place without coordinates is reckoned from the middle of its commune, and
        ``distance_is_rough`` says so.
        """
        shown = Q(address_is_masked=False)
        return (
            self.annotate(
                _lat=Case(
                    When(shown, then=Coalesce("lat", "commune__lat")),
                    default=Value(None),
                    output_field=FloatField(),
                ),
                _lon=Case(
                    When(shown, then=Coalesce("lon", "commune__lon")),
                    default=Value(None),
                    output_field=FloatField(),
                ),
                distance_is_rough=Case(
                    When(lat__isnull=True, then=Value(True)), default=Value(False)
                ),
            )
            .annotate(distance=distance_km(lat, lon, lat_field="_lat", lon_field="_lon"))
            .order_by(F("distance").asc(nulls_last=True), "title")
        )


class ResourceQuerySet(PlaceQuerySet):
    """Sentences about the entries of the directory."""

    def listed(self) -> Self:
        """Those that readers find, with what one line of a list needs."""
        return (
            self.open_to_all()
            .exclude(status=EntryStatus.CLOSED)
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

    def may_serve(self, communes: Collection[str]) -> Self:
        """Those that serve one of these communes (INSEE codes), or of which that is not known.

        For ``ResourcePage`` itself, whose rows may be those of CMPs.
        """
        return self.filter(self.serves(communes) | ~self.says_area())

    def says_area(self) -> Q:
        """The condition of those that say whom they serve, by where people live."""
        says = Q(covers_department=True)
        for path in AREA_PATHS:
            says |= self._has_area(**{f"{path}__isnull": False})
        return says

    def serves(self, communes: Collection[str]) -> Q:
        """The condition of those that say that they serve one of these communes, or everybody."""
        serves = Q(covers_department=True)
        for path in AREA_PATHS:
            serves |= self._has_area(**{f"{path}__in": list(communes)})
        return serves

    def _has_area(self, **said: Any) -> Q:
        # Asked row by row: without statistics, as in a new portal, PostgreSQL reads the whole of
        # each « IN (SELECT …) » again for each row.
        return Q(Exists(self.model.objects.order_by().filter(pk=OuterRef("pk"), **said)))

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
