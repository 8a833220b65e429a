from typing import Self

from django.db.models import Exists, OuterRef, Q

from portal.geo.models import Commune
from portal.geo.names import fold
from resources.models.place import PlaceQuerySet
from resources.vocabulary import Accessibility, AccessMode, Cost, Status


class ResourceQuerySet(PlaceQuerySet):
    """Sentences about the entries of the directory."""

    def listed(self) -> Self:
        """Those that readers find, with what one line of a list needs."""
        return (
            self.live()
            .public()
            .exclude(status=Status.CLOSED)
            .select_related("type", "commune")
            .prefetch_related("closures", "coverage_territories")
        )

    def of_types(self, codes: list[str]) -> Self:
        return self.filter(type__code__in=[code.upper() for code in codes])

    def for_public(self, code: str) -> Self:
        """Those for this public, or for everybody."""
        return self.filter(Q(publics__has=code) | Q(publics=""))

    def free(self) -> Self:
        return self.filter(cost=Cost.FREE)

    def without_appointment(self) -> Self:
        return self.filter(access_modes__has=AccessMode.SANS_RDV)

    def wheelchair(self) -> Self:
        """A masked address keeps its access to itself."""
        return self.filter(accessibility__has=Accessibility.PMR)

    def matching_words(self, text: str) -> Self:
        """Those whose title, type, summary or commune hold every word, accents aside."""
        for word in fold(text).split("-"):
            self = self.filter(folded_text__contains=word)
        return self

    def covering(self, commune: Commune) -> Self:
        """Those that say they come to, or receive people from, this commune."""
        return self.filter(self.covers(commune))

    def covers(self, commune: Commune) -> Q:
        """The condition for ``covering``, as two EXISTS so that no row comes twice."""
        codes = [commune.pk, commune.parent_id] if commune.parent_id else [commune.pk]
        communes = self.model.coverage_communes.through.objects
        territories = self.model.coverage_territories.through.objects
        return Q(Exists(communes.filter(resourcepage=OuterRef("pk"), commune__in=codes))) | Q(
            Exists(territories.filter(resourcepage=OuterRef("pk"), territory__communes__in=codes))
        )

    def exportable(self) -> Self:
        """Those that open data may hold: never an example."""
        return self.live().public().filter(is_example=False)
