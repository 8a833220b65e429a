from django.test import Client

import pytest

from home.models import HomePage
from portal.users.models import User
from tests.factories.home import make_home
from tests.factories.users import member_of


@pytest.fixture
def home_page(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def coordinator(client: Client, home_page: HomePage) -> User:
    """Somebody of the coordination, signed in."""
    user = member_of("Coordination")
    client.force_login(user)
    return user
