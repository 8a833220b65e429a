from wagtail.models import Locale

import factory
import wagtail_factories

from resources.choices import SchemaType, TypeFamily
from resources.listing.models import DirectoryPage
from resources.models import (
    ClsmPage,
    CmpPage,
    GemPage,
    ResourcePage,
    ResourceType,
    Sector,
    SectorCommune,
)
from resources.sectors.models import SectorFinderPage


def french() -> Locale:
    return Locale.objects.get_or_create(language_code="fr")[0]


class ResourceTypeFactory(factory.django.DjangoModelFactory):
    """A type of place; ``ResourceTypeFactory(code="HDJ", name="Hôpital de jour")``."""

    class Meta:
        model = ResourceType
        django_get_or_create = ["code", "locale"]

    locale = factory.LazyFunction(french)
    code = "ASSOCIATION"
    name = factory.LazyAttribute(lambda kind: kind.code)
    family = TypeFamily.ACCOMPAGNEMENT

    class Params:
        care = factory.Trait(
            family=TypeFamily.SOINS, is_care=True, schema_type=SchemaType.MEDICAL_CLINIC
        )


class DirectoryPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = DirectoryPage

    title = "Annuaire des ressources"
    slug = "annuaire"


class ResourcePageFactory(wagtail_factories.PageFactory):
    """An entry; give its ``parent``, a DirectoryPage."""

    class Meta:
        model = ResourcePage

    title = factory.Sequence(lambda n: f"Association Exemple {n}")
    slug = factory.Sequence(lambda n: f"fiche-{n}")
    type = factory.SubFactory(ResourceTypeFactory)


class GemPageFactory(ResourcePageFactory):
    class Meta:
        model = GemPage

    title = factory.Sequence(lambda n: f"GEM Exemple {n}")
    type = factory.SubFactory(
        ResourceTypeFactory, code="GEM", family=TypeFamily.ENTRAIDE, schema_type=SchemaType.NGO
    )


class CmpPageFactory(ResourcePageFactory):
    class Meta:
        model = CmpPage

    title = factory.Sequence(lambda n: f"CMP Exemple {n}")
    type = factory.SubFactory(ResourceTypeFactory, code="CMP", care=True)


class ClsmPageFactory(ResourcePageFactory):
    class Meta:
        model = ClsmPage

    title = factory.Sequence(lambda n: f"CLSM Exemple {n}")
    type = factory.SubFactory(ResourceTypeFactory, code="CLSM", family=TypeFamily.COORDINATION)


def sector_code(n: int) -> str:
    """The code of the nth sector: 13G01 to 13G99, then those of departments 001 to 999."""
    department, number = divmod((n + 1) % 100_000, 100)
    return f"{department:03d}G{number:02d}" if department else f"13G{number:02d}"


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector

    code = factory.Sequence(sector_code)


class SectorCommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectorCommune

    sector = factory.SubFactory(SectorFactory)


class SectorFinderPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = SectorFinderPage

    title = "Quel est mon CMP ?"
    slug = "mon-cmp"
