import factory

from portal.geo.models import Commune, Territory


class CommuneFactory(factory.django.DjangoModelFactory):
    """A commune; ``CommuneFactory(name="Aubagne", lat=43.29, lon=5.57)``."""

    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    # Five digits, as INSEE's; the first five hundred have the prefix of the department.
    code = factory.Sequence(lambda n: f"{(13_500 + n) % 100_000:05d}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.LazyAttribute(lambda commune: commune.name.lower().replace(" ", "-"))
    department = "13"
    lat = 43.5
    lon = 5.4


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    name = factory.Sequence(lambda n: f"Territoire {n}")
    slug = factory.Sequence(lambda n: f"territoire-{n}")
