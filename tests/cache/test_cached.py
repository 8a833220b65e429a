"""What is cached under a long name is found again, and no cache refuses its key."""

import warnings

from django.core.cache import cache

import pytest

from portal.cache import cached
from portal.cache.cached import get_or_set

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["court", "doors:1:" + "-".join(["URGENCES_PSY"] * 60)])
def test_a_name_of_any_length_is_found_again(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Django warns of a key that memcached would refuse
        assert get_or_set(name, lambda: ("lu",)) == ("lu",)
        cached._nearby.values().clear()
        assert get_or_set(name, lambda: ("lu de nouveau",)) == ("lu",)
        assert get_or_set(f"{name}-autre", lambda: ("autre",)) == ("autre",)
    cache.clear()
