"""A roadmap for the tests."""

from typing import Any

import factory
import wagtail_factories

from actions.models import (
    ActionPage,
    Pilot,
    Priority,
    RecommendationIndexPage,
    RecommendationPage,
)
from actions.roadmap.models import ActionIndexPage


class PriorityFactory(factory.django.DjangoModelFactory):
    number = 1
    title = "Intervention précoce et respect des bonnes pratiques"
    plain_title = "Repérer tôt et bien soigner"
    aim = "Que chacun trouve vite le bon professionnel."
    article = "R. 3224-5"

    class Meta:
        model = Priority
        django_get_or_create = ["number"]


class ActionIndexPageFactory(wagtail_factories.PageFactory):
    title = "Les actions"
    slug = "actions"

    class Meta:
        model = ActionIndexPage


class RecommendationIndexPageFactory(wagtail_factories.PageFactory):
    title = "Recommandations"
    slug = "recommandations"

    class Meta:
        model = RecommendationIndexPage


class ActionPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Action d’essai {n}")
    slug = factory.Sequence(lambda n: f"action-{n}")
    reference = factory.Sequence(lambda n: f"1.{n}")

    class Meta:
        model = ActionPage


class RecommendationPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Recommandation d’essai {n}")
    slug = factory.Sequence(lambda n: f"recommandation-{n}")
    number = factory.Sequence(lambda n: n % 32_767 + 1)
    text = "Passer d’un catalogue d’actions à une stratégie partagée."

    class Meta:
        model = RecommendationPage


class PilotFactory(factory.django.DjangoModelFactory):
    """Somebody who leads actions; ``PilotFactory(actions=[action])``."""

    class Meta:
        model = Pilot
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Dominique Exemple {n}")
    email = factory.Sequence(lambda n: f"pilote{n}@exemple.example")
    structure = "Structure d’essai"

    @factory.post_generation
    def actions(self: Pilot, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.actions.set(extracted or [])
