"""Age limits in French, and the age groups of the search facet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.base.choices import Public
from resources.choices import AgeGroup

#: First and last years of each group.
YEARS = {
    AgeGroup.BABY: (0, 2),
    AgeGroup.CHILD: (3, 11),
    AgeGroup.TEENAGER: (12, 17),
    AgeGroup.YOUNG: (18, 25),
    AgeGroup.ADULT: (26, 64),
    AgeGroup.OLD: (65, 150),
}
#: The groups that a public stands for.
PUBLIC_AGES = {
    Public.ENFANTS: (AgeGroup.BABY, AgeGroup.CHILD),
    Public.ADOLESCENTS: (AgeGroup.TEENAGER,),
    Public.ETUDIANTS: (AgeGroup.YOUNG,),
    Public.ADULTES: (AgeGroup.YOUNG, AgeGroup.ADULT, AgeGroup.OLD),
    Public.PERSONNES_AGEES: (AgeGroup.OLD,),
}


def age_groups(
    youngest: int | None, oldest: int | None, publics: Iterable[str] = ()
) -> tuple[str, ...]:
    """The groups that a place receives; none when it says nothing of age.

    Its ages when they are known, else those of its publics.

    >>> age_groups(12, 25), age_groups(None, None, ["adultes", "proches"])
    (('12-17', '18-25'), ('18-25', '26-64', '65-'))
    """
    if youngest is None and oldest is None:
        met = {group for public in publics for group in PUBLIC_AGES.get(Public(public), ())}
    else:
        first, last = youngest or 0, 150 if oldest is None else oldest
        met = {group for group, (low, high) in YEARS.items() if first <= high and low <= last}
    return tuple(group.value for group in AgeGroup if group in met)


def format_ages(youngest: int | None, oldest: int | None) -> str:
    """« À partir de 18 ans », « De 12 à 25 ans », « Jusqu’à 11 ans », or nothing."""
    words = {"youngest": youngest, "oldest": oldest}
    if youngest and oldest:
        return _("De %(youngest)s à %(oldest)s ans") % words
    if youngest:
        return _("À partir de %(youngest)s ans") % words
    if oldest:
        return _("Jusqu’à %(oldest)s ans") % words
    return ""
