"""The pages of the home app for the tests."""

from datetime import date

from wagtail.models import Locale, Page, Site

import factory
import wagtail_factories

from home.models import (
    ContactPage,
    CrisisPage,
    GlossaryPage,
    GovernanceBody,
    HomePage,
    NeedPage,
    PtsmPage,
    StandardPage,
)
from portal.crisis.models import HelpLine
from portal.glossary.models import GlossaryTerm


def make_home() -> HomePage:
    """The home page, alone under the tree's root, served by the default site.

    The databases of the tests have it from the start; one that was made otherwise gets it here.
    """
    home: HomePage | None = HomePage.objects.filter(slug="accueil").first()
    if home is not None:
        return home
    for page in Page.get_first_root_node().get_children():
        page.delete()
    home = HomePage(title="Accueil", slug="accueil", summary="Trouver de l’aide.")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return home


def put_welcome_page_back() -> None:
    """The tree as Wagtail leaves it, before anybody has built a portal in it."""
    for page in Page.get_first_root_node().get_children():
        page.delete()
    welcome = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": welcome}
    )


class HelpLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HelpLine

    locale = factory.LazyFunction(Locale.get_default)
    situation = factory.Sequence(lambda n: f"Situation {n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    number = "3114"
    verified_on = date(2026, 11, 3)


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    locale = factory.LazyFunction(Locale.get_default)
    term = "CMP"
    expansion = "Centre médico-psychologique"
    definition = "Un centre de soins public et gratuit."


class CrisisPageFactory(wagtail_factories.PageFactory):
    title = "Quelqu’un peut vous répondre, maintenant"
    slug = "aide"

    class Meta:
        model = CrisisPage


class NeedPageFactory(wagtail_factories.PageFactory):
    title = "Je vais mal"
    slug = "je-vais-mal"
    need = "distress"

    class Meta:
        model = NeedPage


class PtsmPageFactory(wagtail_factories.PageFactory):
    title = "Le PTSM"
    slug = "ptsm"

    class Meta:
        model = PtsmPage


class GovernanceBodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GovernanceBody

    name = "Comité de pilotage"
    aim = "pilotage"
    role = "Il suit les actions."


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Page {n}")

    class Meta:
        model = StandardPage


class ContactPageFactory(wagtail_factories.PageFactory):
    title = "Nous écrire"
    slug = "contact"

    class Meta:
        model = ContactPage


class GlossaryPageFactory(wagtail_factories.PageFactory):
    title = "Lexique"
    slug = "lexique"

    class Meta:
        model = GlossaryPage
