"""What waits for an answer of a structure, for the tests."""

from typing import Any

from wagtail.models import Page

import factory

from resources.models import ResourcePage, VerificationRequest
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory
from tests.factories.users import make_groups


class RequestFactory(factory.django.DjangoModelFactory):
    """A request that waits; give its ``entry``."""

    class Meta:
        model = VerificationRequest

    address = "accueil@structure.example"


def live_entry(parent: Page, **facts: Any) -> ResourcePage:
    """A published entry, with the groups and the workflows of a real portal."""
    make_groups()
    page = ResourcePageFactory.build(**({"type": ResourceTypeFactory()} | facts))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)
