"""What a cell of an action sheet may name: priorities, territories, entries of the directory."""

from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from actions.models import ActionPartner, Priority
from portal.geo.models import Territory
from portal.geo.names import plain
from portal.imports.files.csv_reader import BadValue


class ActionLookups:
    """Each is read once for a whole file."""

    @cached_property
    def _priority_rows(self) -> list[Priority]:
        return list(Priority.objects.filter(locale__language_code=settings.LANGUAGE_CODE))

    @cached_property
    def priorities(self) -> dict[str, int]:
        """Pks by number."""
        return {str(row.number): row.pk for row in self._priority_rows}

    @cached_property
    def number_of(self) -> dict[int | None, str]:
        return {pk: number for number, pk in self.priorities.items()}

    def priority(self, text: str) -> str:
        """« 3 », « Priorité 3 », « Axe 3 : … » or its very words. Raises BadValue."""
        words = plain(text)
        for row in self._priority_rows:
            if words in (plain(row.title), plain(row.plain_title), plain(str(row))):
                return str(row.number)
        number = next((word for word in words.split() if word.isdigit()), "")
        if number in self.priorities:
            return number
        raise BadValue(
            _("« %(text)s » n’est pas une priorité : écrivez son numéro, %(numbers)s.")
            % {"text": text, "numbers": ", ".join(sorted(self.priorities))}
        )

    @cached_property
    def territories(self) -> dict[str, Territory]:
        return {row.slug: row for row in Territory.objects.all()}

    def territory(self, text: str) -> str:
        for slug, row in self.territories.items():
            if plain(text) in (plain(slug), plain(row.name)):
                return slug
        raise BadValue(
            _("« %(text)s » n’est pas un territoire. Écrivez : %(names)s.")
            % {"text": text, "names": ", ".join(row.name for row in self.territories.values())}
        )

    @cached_property
    def _resources(self) -> dict[str, int]:
        """Entries by title, but those that share theirs."""
        model = ActionPartner._meta.get_field("resource").related_model
        rows = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        found: dict[str, int | None] = {}
        for pk, title in rows.values_list("pk", "title"):
            found[title] = None if title in found else pk
        return {title: pk for title, pk in found.items() if pk}

    def resource(self, name: str) -> int | None:
        return self._resources.get(name)
