"""The page of a need that a question leads to, beside its answers."""

from portal.base.choices import Public
from portal.crisis.needs import DANGER_NEEDS, Need, NeedLink, need_page_for
from search.contracts import UnderstoodQuery

_OF_PUBLIC: dict[str, Need] = {
    Public.PROCHES: Need.RELATIVE,
    Public.PROFESSIONNELS: Need.PROFESSIONAL,
    Public.ETUDIANTS: Need.STUDENT,
    Public.ADOLESCENTS: Need.TEENAGER,
    Public.ENFANTS: Need.CHILD,
    Public.PERSONNES_AGEES: Need.AGEING,
}
_TYPES = {
    Need.ADDICTION: ("CSAPA", "CAARUD", "CJC"),
    Need.PERINATAL: ("PERINATALITE",),
    Need.VIOLENCE: ("PSYCHOTRAUMA",),
    Need.AGEING: ("GERONTOPSY",),
    Need.STUDENT: ("BAPU",),
    Need.TEENAGER: ("MDA", "PAEJ"),
    Need.CHILD: ("CMPEA", "CMPP", "CAMSP", "PCO"),
    Need.RELATIVE: ("UNAFAM", "PROFAMILLE"),
    Need.AFTERCARE: ("VIGILANS",),
    Need.RIGHTS: ("MDPH", "LOGEMENT", "ESAT", "SAVS", "SAMSAH", "DROITS"),
    Need.PROFESSIONAL: ("DAC", "CPTS"),
}
_OF_TYPE: dict[str, Need] = {code: need for need, codes in _TYPES.items() for code in codes}


def need_of(understood: UnderstoodQuery) -> Need | None:
    """The need behind a danger, plain words or whom they are for; None when only a place is sought.

    A type that was named (« csapa aubagne ») is the answer itself, and asks for no advice.
    """
    if understood.crisis:
        return DANGER_NEEDS.get(understood.crisis)
    if need := DANGER_NEEDS.get(understood.quiet):
        return need
    if understood.types:
        return None
    needs = [_OF_TYPE[code] for code in understood.likely_types[:1] if code in _OF_TYPE]
    return needs[0] if needs else _OF_PUBLIC.get(understood.public)


def need_link(understood: UnderstoodQuery, locale_id: int) -> NeedLink | None:
    """The published page of the need of a question."""
    need = need_of(understood)
    return need_page_for(need, locale_id) if need else None
