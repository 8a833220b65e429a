"""Lists of an entry that were read with it (``ResourceQuerySet.with_all_facts``)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.models import Page

from portal.base.navigation import language_of
from portal.geo.names import short_commune_name
from portal.geo.service_area import ServiceArea


class PrefetchedLists(models.Model):
    """The lists of an entry; see ``ResourceQuerySet.with_all_facts``."""

    class Meta:
        abstract = True

    # A page type that has these lists names the manager: see ``ResourceQuerySet``.
    objects: Any
    covers_department: Any

    #: The foreign keys whose rows the page shows.
    fact_keys: ClassVar[tuple[str, ...]] = ("type", "commune", "parent_structure")

    @classmethod
    def read(cls, page: Page) -> Page:
        """The entry with the rows it points to; it also knows which of its lists are empty."""
        return cls.objects.with_all_facts().filter(pk=page.pk).first() or page.specific

    def _rows(self, name: str) -> list[Any]:
        """The rows of one of its lists, without asking when it is known to be empty."""
        return list(getattr(self, name).all()) if vars(self).get(f"has_{name}", True) else []

    def _referents_of_source(self) -> list[Any]:
        page: Any = self
        if language_of(page) == settings.LANGUAGE_CODE:
            return self._rows("referents")
        referents = page._meta.get_field("referents").related_model.objects
        return list(referents.filter(entries__translation_key=page.translation_key).distinct())

    @cached_property
    def phone_list(self) -> list[Any]:
        return self._rows("phones")

    @cached_property
    def service_list(self) -> list[Any]:
        return self._rows("services")

    @cached_property
    def closure_list(self) -> list[Any]:
        return self._rows("closures")

    @cached_property
    def notice_list(self) -> list[Any]:
        """The dated messages of today."""
        today = timezone.localdate()
        return [notice for notice in self._rows("notices") if notice.is_current(today)]

    @cached_property
    def public_referents(self) -> list[Any]:
        """Those who answer for it and show something of themselves: a role, an address.

        Referents answer for the entry in the source language: those of a translation are the same.
        """
        return [
            referent
            for referent in self._referents_of_source()
            if referent.is_active and (referent.shows_role or referent.shows_public_email)
        ]

    @cached_property
    def territory_names(self) -> list[str]:
        return [territory.name for territory in self._rows("coverage_territories")]

    @cached_property
    def coverage_names(self) -> list[str]:
        """Territories, then communes, that the place says it covers."""
        communes = self._rows("coverage_communes")
        return self.territory_names + [short_commune_name(commune.name) for commune in communes]

    @cached_property
    def covered_communes(self) -> set[str]:
        """INSEE codes of the communes that it covers, alone or through a territory."""
        communes = {commune.pk for commune in self._rows("coverage_communes")}
        for territory in self._rows("coverage_territories"):
            communes.update(territory.communes.values_list("pk", flat=True))
        return communes

    @cached_property
    def service_area(self) -> ServiceArea:
        """Whom it receives, by commune; unknown when it says nothing of it."""
        return ServiceArea(frozenset(self.covered_communes), everywhere=self.covers_department)

    @cached_property
    def live_actions(self) -> list[Any]:
        """Links from published actions, when the actions app tells of any."""
        if not hasattr(self, "linked_actions") or not vars(self).get("has_linked_actions", True):
            return []
        return list(self.linked_actions.filter(page__live=True).select_related("page"))
