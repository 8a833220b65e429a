"""Fixtures that every test may use."""

from django.core.management import call_command

import pytest


@pytest.fixture
def communes(db: None) -> None:
    """The communes of the Bouches-du-Rhône, from the list that ships with the portal."""
    call_command("load_communes", "--departement", "13", verbosity=0)
