"""What waits for an answer of a structure, for the tests."""

from typing import Any

from wagtail.models import Page

import factory

from portal.users.groups import ensure_groups
from resources.models import Referent, ResourcePage, VerificationRequest
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory


class ReferentFactory(factory.django.DjangoModelFactory):
    """Somebody who answers for entries; ``ReferentFactory(of=[entry])``."""

    class Meta:
        model = Referent
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Personne {n}")
    email = factory.Sequence(lambda n: f"personne{n}@structure.example")
    role = "Cadre de santé"
    state = Referent.State.ACTIVE

    @factory.post_generation
    def of(self, create: bool, entries: list[ResourcePage] | None, **_: Any) -> None:
        if create and entries:
            self.entries.add(*entries)


class RequestFactory(factory.django.DjangoModelFactory):
    """A request that waits; give its ``entry``."""

    class Meta:
        model = VerificationRequest

    address = "accueil@structure.example"


def live_entry(parent: Page, **facts: Any) -> ResourcePage:
    """A published entry, with the groups and the workflows of a real portal."""
    ensure_groups()
    page = ResourcePageFactory.build(**({"type": ResourceTypeFactory()} | facts))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)
