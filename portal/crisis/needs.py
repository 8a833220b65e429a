"""The needs that a page answers, by a stable key, for the apps below the one that has the pages.

The app that has the pages registers how to read them; the home page, the danger blocks, the page of
immediate help and the search then lead to them without knowing the page type.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cache.cached import get_or_set


class Need(models.TextChoices):
    """What somebody may be living through; the keys stay when editors rename pages."""

    DISTRESS = "distress", _("Je vais mal")
    RELATIVE = "relative", _("Un proche m’inquiète")
    CHILD = "child", _("Mon enfant (0–11 ans)")
    TEENAGER = "teenager", _("Mon ado (12–17 ans)")
    STUDENT = "student", _("Étudiant")
    VIOLENCE = "violence", _("Violences")
    ADDICTION = "addiction", _("Alcool, drogues, jeu, écrans")
    PERINATAL = "perinatal", _("Grossesse et bébé")
    BEREAVEMENT = "bereavement", _("Deuil")
    AFTERCARE = "aftercare", _("Après une tentative ou une hospitalisation")
    AGEING = "ageing", _("Âge")
    RIGHTS = "rights", _("Logement, travail, droits")
    INVOLUNTARY_CARE = "involuntary-care", _("Soins sans consentement")
    PROFESSIONAL = "professional", _("Je suis professionnel")
    UNSURE = "unsure", _("Je ne sais pas par où commencer")


#: The need behind each kind of danger or distress of ``portal.crisis.help_numbers``.
DANGER_NEEDS = {
    "suicide": Need.DISTRESS,
    "tentative": Need.AFTERCARE,
    "surdose": Need.ADDICTION,
    "urgence": Need.DISTRESS,
    "enfance": Need.VIOLENCE,
    "violence": Need.VIOLENCE,
    "agitation": Need.RELATIVE,
    "sans_abri": Need.RIGHTS,
    "violences": Need.VIOLENCE,
    "ou_dormir": Need.RIGHTS,
    "detresse": Need.DISTRESS,
    "deuil_suicide": Need.BEREAVEMENT,
    "abus_ancien": Need.VIOLENCE,
}


class NeedLink(NamedTuple):
    """A published page that answers a need."""

    title: str
    url: str
    summary: str = ""


NeedPages = Callable[[int], dict[str, NeedLink]]
_need_pages: list[NeedPages] = []


def register_need_pages(read: NeedPages) -> None:
    """Say how to read the pages of a language (the key of its ``Locale``), by their need."""
    _need_pages[:] = [read]


def get_need_pages(locale_id: int) -> dict[str, NeedLink]:
    """The published pages of this language by need, from the cache; empty when there is none."""
    if not _need_pages:
        return {}
    return get_or_set(f"needs:{locale_id}", lambda: _need_pages[0](locale_id))


def need_page_for(kind: str, locale_id: int) -> NeedLink | None:
    """The page of a need (``Need``) or of a kind of danger; None when nobody published one."""
    return get_need_pages(locale_id).get(DANGER_NEEDS.get(kind, kind))
