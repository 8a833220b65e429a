"""Words that say whom a door receives: « du 11e arrondissement de Marseille »."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.geo.gazetteer import GazetteerTown, department_towns
from portal.geo.service_area import ServiceArea

#: More communes than this are counted, not named.
MOST_NAMED = 4
_FRENCH = ("fr", "fr-simple")
_SUFFIX = " Arrondissement"


def area_words(area: ServiceArea) -> str:
    """« du 11e arrondissement de Marseille », « d’Aubagne et d’une partie de Cassis »; or empty."""
    if area.everywhere:
        return _("de tout le département")
    whole = _places_words(area.entire)
    part = _places_words(area.partial.keys() - area.entire)
    in_part = _("d’une partie %(places)s") % {"places": part} if part else ""
    return _(" et ").join(filter(None, [whole, in_part]))


def short_area_words(area: ServiceArea) -> str:
    """« Marseille 11e », « Aubagne, Cassis », « 9 communes », for a list of many doors."""
    if area.everywhere:
        return _("tout le département")
    towns = _towns(area.entire | area.partial.keys())
    if len(towns) > MOST_NAMED:
        words = ngettext("%(count)s commune", "%(count)s communes", len(towns))
        return words % {"count": len(towns)}
    return ", ".join(town.name.removesuffix(_SUFFIX) for town in towns)


def _places_words(codes: Iterable[str]) -> str:
    towns = _towns(codes)
    quarters = [town for town in towns if town.parent]
    named = [of_place(town.name) for town in towns if not town.parent]
    if quarters:
        named.insert(0, _quarters_words(quarters))
    if len(named) > MOST_NAMED:
        hidden = len(named) - MOST_NAMED + 1
        words = ngettext("de %(count)s autre commune", "de %(count)s autres communes", hidden)
        named = [*named[: MOST_NAMED - 1], words % {"count": hidden}]
    return enumerated(named)


def _quarters_words(quarters: Sequence[GazetteerTown]) -> str:
    """« du 11e arrondissement de Marseille », « des 1er et 2e arrondissements de Marseille »."""
    ordinals = [town.name.removesuffix(_SUFFIX).rpartition(" ")[2] for town in quarters]
    town = quarters[0].name.removesuffix(_SUFFIX).rpartition(" ")[0]
    words = ngettext(
        "du %(ordinals)s arrondissement %(of_town)s",
        "des %(ordinals)s arrondissements %(of_town)s",
        len(ordinals),
    )
    return words % {"ordinals": enumerated(ordinals), "of_town": of_place(town)}


def of_place(name: str) -> str:
    """« d’Aubagne », « de Marseille », « du Rove », « des Pennes-Mirabeau », « de La Ciotat »."""
    if get_language() in _FRENCH:
        for article, contracted in (("Le ", "du "), ("Les ", "des ")):
            if name.startswith(article):
                return f"{contracted}{name.removeprefix(article)}"
        if name[:1] in "AEIOUYÉÈÊÎÔH":
            return f"d’{name}"
    return _("de %(place)s") % {"place": name}


def enumerated(words: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _towns(codes: Iterable[str]) -> list[GazetteerTown]:
    """The communes of the department that these codes name, arrondissements in their order."""
    known = department_towns(settings.PORTAL_DEPARTEMENT)
    towns = [town for code in codes for town in known.with_code(code)]
    return sorted(towns, key=lambda town: (not town.parent, town.code if town.parent else town.key))
