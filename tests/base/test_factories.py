"""No factory runs out: what it makes for the hundred-thousandth row still fits its column."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Field

import factory
import pytest

from tests import factories

ROWS = 100_000
LAST = ROWS - 1
LIMITS = BaseDatabaseOperations.integer_field_ranges


def every_factory() -> Iterator[type[factory.Factory]]:
    for module in pkgutil.iter_modules(factories.__path__, f"{factories.__name__}."):
        for one in vars(import_module(module.name)).values():
            if isinstance(one, factory.base.FactoryMetaClass) and one.__module__ == module.name:
                yield one


FACTORIES = sorted(every_factory(), key=lambda one: one.__name__)
SEQUENCES = [
    pytest.param(one, name, id=f"{one.__name__}.{name}")
    for one in FACTORIES
    for name, declaration in one._meta.base_declarations.items()
    if type(declaration) is factory.Sequence
]


def check_fits(field: Field[Any, Any], value: Any) -> None:
    """Raise ValidationError when a column of PostgreSQL would refuse the value."""
    least, most = LIMITS.get(field.get_internal_type(), (value, value))
    if not least <= value <= most:
        raise ValidationError(f"{value} is not between {least} and {most}.")
    field.run_validators(value)


@pytest.mark.parametrize(("maker", "name"), SEQUENCES)
def test_a_sequence_fits_its_field_and_uses_it_whole_before_it_repeats(
    maker: type[factory.Factory], name: str
) -> None:
    make = maker._meta.base_declarations[name].function
    values = [make(n) for n in range(ROWS)]
    field = maker._meta.model._meta.get_field(name)
    _, most = LIMITS.get(field.get_internal_type(), (0, ROWS))
    assert len(set(values)) == min(ROWS, most), "comes back before its field is full"
    for value in (values[0], values[LAST], max(values, key=lambda value: len(str(value)))):
        check_fits(field, value)


@pytest.mark.parametrize("maker", FACTORIES, ids=lambda maker: maker.__name__)
@pytest.mark.django_db
def test_the_last_row_fits_its_columns_whole(maker: type[factory.Factory]) -> None:
    """With what is drawn from a sequence: an address from a name, a slug from a title."""
    row = vars(maker.stub(__sequence=LAST))
    for field in maker._meta.model._meta.concrete_fields:
        value = row.get(field.name)
        if isinstance(value, str | int) and not isinstance(value, bool):
            check_fits(field, value)


def test_every_kind_of_row_is_walked() -> None:
    assert {"CommuneFactory.code", "SectorFactory.code", "UserFactory.username"} <= {
        parameters.id for parameters in SEQUENCES
    }
