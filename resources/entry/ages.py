"""Age limits in French, and the years of each age group."""

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
