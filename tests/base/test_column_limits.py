"""What PostgreSQL refuses, the tests on SQLite refuse too."""

from collections.abc import Callable

from django.db import DatabaseError

import pytest

from portal.geo.models import Commune, Territory
from tests.factories.geo import CommuneFactory, TerritoryFactory

TOO_LONG = "130000"


@pytest.mark.parametrize(
    "write",
    [
        lambda: CommuneFactory(code=TOO_LONG),
        lambda: Commune.objects.bulk_create([CommuneFactory.build(code=TOO_LONG)]),
        lambda: Commune.objects.filter(pk=CommuneFactory().pk).update(code=TOO_LONG),
        lambda: TerritoryFactory(slug="é" * 91),
    ],
    ids=["saved", "created in bulk", "updated", "a slug"],
)
@pytest.mark.django_db
def test_a_text_too_long_for_its_column_is_refused(write: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError):
        write()


@pytest.mark.django_db
def test_a_text_that_just_fits_is_kept() -> None:
    CommuneFactory(code="é" * 5, name="é" * 80)
    assert Commune.objects.get().name == "é" * 80


@pytest.mark.parametrize("order", [-1, 32_768])
@pytest.mark.django_db
def test_a_number_out_of_its_column_is_refused(order: int) -> None:
    with pytest.raises(DatabaseError):
        TerritoryFactory(order=order)


@pytest.mark.django_db
def test_the_greatest_number_is_kept() -> None:
    TerritoryFactory(order=32_767)
    assert Territory.objects.get().order == 32_767
