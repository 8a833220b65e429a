"""The eight steps, and how far each is, according to what the portal holds now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.models import ActionPage, RecommendationPage
from home.models import PtsmPage
from home.setup.models import PortalOpening, SetupStepNote
from home.setup.pages import LEGAL_PAGES, seeded_page
from portal.base.models import PortalSettings
from portal.base.publication import find_placeholders
from portal.crisis.models import HelpLine
from portal.geo.models import Territory
from portal.sign_in.second_factor import count_accounts
from resources.models import ResourcePage, Sector


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the step asks for, and whether the portal has it."""

    label: str | Promise
    is_true: bool


@dataclass(frozen=True, slots=True)
class SetupStep:
    """A step: its slug in addresses, its title, minutes it takes, and what reads its facts."""

    slug: str
    title: str | Promise
    minutes: int
    read_facts: Callable[[], list[Fact]]

    @property
    def url(self) -> str:
        return reverse("setup:step", args=[self.slug])


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step as it is now. ``is_put_off``: somebody left it for later, which does not make it."""

    step: SetupStep
    number: int
    facts: list[Fact]
    is_put_off: bool

    @property
    def done(self) -> int:
        return sum(fact.is_true for fact in self.facts)

    @property
    def share(self) -> float:
        return self.done / len(self.facts)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.facts)


def _identity() -> list[Fact]:
    portal = PortalSettings.load()
    return [
        Fact(_("la structure qui porte le PTSM"), bool(portal.operator)),
        Fact(_("une adresse e-mail générique"), bool(portal.contact_email)),
        Fact(_("un téléphone"), bool(portal.contact_phone)),
    ]


def _territories() -> list[Fact]:
    confirmed = list(Territory.objects.values_list("is_confirmed", flat=True))
    return [
        Fact(_("des territoires"), bool(confirmed)),
        Fact(_("leur découpage validé"), bool(confirmed) and all(confirmed)),
    ]


def _directory() -> list[Fact]:
    entries = ResourcePage.objects.live().in_source_language().filter(is_example=False)
    return [
        Fact(_("des lieux publiés"), entries.exists()),
        Fact(_("des secteurs et leurs communes"), Sector.objects.exists()),
        Fact(_("les numéros d’aide nationaux vérifiés"), HelpLine.objects.public().exists()),
    ]


def _project() -> list[Fact]:
    return [
        Fact(_("la page du projet publiée"), PtsmPage.objects.live().exists()),
        Fact(_("des recommandations"), RecommendationPage.objects.exists()),
        Fact(_("des actions"), ActionPage.objects.without_examples().exists()),
    ]


def _legal() -> list[Fact]:
    facts = []
    for key, label in LEGAL_PAGES.items():
        page = seeded_page(key)
        facts.append(Fact(label, page is not None and page.live and not find_placeholders(page)))
    return facts


def _mail() -> list[Fact]:
    opening = PortalOpening.objects.first()
    arrived = bool(opening and opening.mail_test_received_at)
    return [
        Fact(_("l’adresse générique"), bool(PortalSettings.load().contact_email)),
        Fact(_("un message d’essai arrivé"), arrived),
    ]


def _people() -> list[Fact]:
    label = _("une deuxième personne, pour relire et prendre le relais")
    return [Fact(label, count_accounts().editors > 1)]


def _opening() -> list[Fact]:
    opening = PortalOpening.objects.first()
    return [Fact(_("le portail ouvert"), opening is None or opening.opened_at is not None)]


STEPS = (
    SetupStep("qui-etes-vous", _("Qui êtes-vous ?"), 5, _identity),
    SetupStep("territoires", _("Vos territoires"), 5, _territories),
    SetupStep("annuaire", _("L’annuaire"), 10, _directory),
    SetupStep("projet", _("Le projet"), 10, _project),
    SetupStep("pages-legales", _("Les pages légales"), 10, _legal),
    SetupStep("courrier", _("Le courrier"), 5, _mail),
    SetupStep("collegues", _("Les collègues"), 5, _people),
    SetupStep("avant-d-ouvrir", _("Avant d’ouvrir"), 10, _opening),
)
BY_SLUG = {step.slug: step for step in STEPS}


@dataclass(frozen=True, slots=True)
class SetupProgress:
    """All the steps as they are now."""

    steps: list[StepProgress]

    @property
    def percent(self) -> int:
        """100 only when every fact is true."""
        shares = [one.share for one in self.steps]
        return int(100 * sum(shares) / len(shares))

    @property
    def next(self) -> StepProgress:
        """The first step that is neither done nor left for later; else the first not done."""
        waiting = [one for one in self.steps if not one.is_done]
        wanted = [one for one in waiting if not one.is_put_off]
        return (wanted or waiting or self.steps[-1:])[0]

    def of(self, slug: str) -> StepProgress:
        return next(one for one in self.steps if one.step.slug == slug)

    def beside(self, slug: str) -> dict[str, Any]:
        """The steps before and after this one; None at the ends."""
        at = self.of(slug).number - 1
        return {
            "previous": self.steps[at - 1] if at else None,
            "following": self.steps[at + 1] if at + 1 < len(self.steps) else None,
        }


def get_progress() -> SetupProgress:
    put_off = set(SetupStepNote.objects.exclude(put_off_at=None).values_list("step", flat=True))
    return SetupProgress(
        [
            StepProgress(step, number, step.read_facts(), step.slug in put_off)
            for number, step in enumerate(STEPS, start=1)
        ]
    )


def is_preparing() -> bool:
    """Whether this portal was begun with the first hour, and nobody has opened it yet."""
    return PortalOpening.objects.filter(opened_at=None).exists()
