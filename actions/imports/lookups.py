"""What a cell of an action sheet may name: priorities, territories, entries of the directory."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import ActionPartner, Priority, RecommendationPage
from portal.geo.models import Territory
from portal.imports.lookups import ImportLookups, LookupTable
from portal.text.normalize import plain


class PriorityLookup(LookupTable):
    """The priorities of the roadmap, by their number or their words."""

    accepted = gettext_lazy("un numéro, de 1 à 6 ; vide : toutes les priorités")

    def __init__(self) -> None:
        self.priorities = list(
            Priority.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        )
        super().__init__(
            ((row.pk, str(row.number), row.title) for row in self.priorities),
            _("« %(text)s » n’est pas une priorité : écrivez son numéro, %(codes)s."),
        )

    def find_code(self, text: str) -> str:
        """« 3 », « Priorité 3 », « Axe 3 : … » or its very words. Raises BadValue."""
        if not text:
            return ""
        words = plain(text)
        for row in self.priorities:
            if words in (plain(row.title), plain(row.plain_title), plain(str(row))):
                return str(row.number)
        number = next((word for word in words.split() if word.isdigit()), "")
        return number if number in self.pks else self.refuse(text, [])


class ActionTerritoryLookup(LookupTable):
    accepted = gettext_lazy("leur nom")

    def __init__(self) -> None:
        super().__init__(
            Territory.objects.values_list("pk", "slug", "name"),
            _("« %(text)s » n’est pas un territoire. Écrivez : %(codes)s."),
        )

    def suggestions(self) -> list[str]:
        return list(self.names.values())


class RecommendationLookup(LookupTable):
    """The recommendations that were made, by their number; with their origin when two have it."""

    accepted = gettext_lazy("le numéro ou le titre d’une recommandation")

    def __init__(self) -> None:
        own = RecommendationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        rows = list(own.order_by("path").values_list("pk", "origin", "number", "title", "slug"))
        numbers = Counter(number for _pk, _origin, number, *_rest in rows)
        both = Counter((origin, number) for _pk, origin, number, *_rest in rows)
        super().__init__(
            (
                (pk, _code(origin, number, slug, numbers[number], both[origin, number]), title)
                for pk, origin, number, title, slug in rows
            ),
            _("« %(text)s » n’est pas une recommandation. Écrivez : %(codes)s."),
        )


def _code(origin: str, number: int | None, slug: str, same: int, same_origin: int) -> str:
    if not number or same_origin > 1:
        return slug
    return str(number) if same == 1 else f"{origin} {number}"


class PartnerLookup(LookupTable):
    """Entries of the directory, by their pk; by their title too, but those that share theirs."""

    def __init__(self) -> None:
        model = ActionPartner._meta.get_field("resource").related_model
        entries = model.objects.values_list("pk", "title", "locale__language_code")
        super().__init__(((pk, str(pk), title) for pk, title, _language in entries), "")
        found: dict[str, int | None] = {}
        for pk, title, language in entries:
            if language == settings.LANGUAGE_CODE:
                found[title] = None if title in found else pk
        self.pks_by_title = {title: pk for title, pk in found.items() if pk}


class ActionLookups(ImportLookups):
    tables: ClassVar[Mapping[str, type[Any]]] = {
        "priority": PriorityLookup,
        "territories": ActionTerritoryLookup,
        "recommendations": RecommendationLookup,
        "partners": PartnerLookup,
    }
