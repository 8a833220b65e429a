"""What was read together with an entry, and need not be asked again."""

from typing import Any, Self

from django.db import models
from django.utils.functional import cached_property

from resources.models.place import short_commune_name

_KINDS = ("gempage", "cmppage", "clsmpage")
_SHARED = ("type", "commune", "parent_structure")


class KnownRows(models.Model):
    """The lists of an entry; see ``ResourceQuerySet.with_all_facts``."""

    class Meta:
        abstract = True

    def with_own_kind(self) -> Self:
        """The GEM, CMP or CLSM that this entry is, with all that was read with it."""
        for kind in _KINDS:
            page = self._state.fields_cache.get(kind)
            if page is not None:
                known = self._state.fields_cache
                page._state.fields_cache.update(
                    {name: known[name] for name in _SHARED if name in known}
                )
                page.__dict__.update({f: v for f, v in vars(self).items() if f.startswith("has_")})
                return page
        return self

    def _rows(self, name: str) -> list[Any]:
        """The rows of one of its lists, without asking when it is known to be empty."""
        return list(getattr(self, name).all()) if vars(self).get(f"has_{name}", True) else []

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
    def territory_names(self) -> list[str]:
        return [territory.name for territory in self._rows("coverage_territories")]

    @cached_property
    def coverage_names(self) -> list[str]:
        """Territories, then communes, that the place says it covers."""
        communes = self._rows("coverage_communes")
        return self.territory_names + [short_commune_name(commune.name) for commune in communes]

    @cached_property
    def live_actions(self) -> list[Any]:
        """Links from published actions, when the actions app tells of any."""
        if not hasattr(self, "linked_actions") or not vars(self).get("has_linked_actions", True):
            return []
        return list(self.linked_actions.filter(page__live=True).select_related("page"))
