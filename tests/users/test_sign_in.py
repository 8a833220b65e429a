"""The one door by which people who write come in."""

from django.test import Client

import pytest

from portal.users.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase que personne ne devine"


@pytest.fixture
def coordinator() -> User:
    return User.objects.create_superuser("c", "coordination@example.org", PASSWORD)


def test_a_wrong_password_is_said_in_french_and_keeps_the_address(
    client: Client, coordinator: User
) -> None:
    response = client.post("/compte/login/", {"login": coordinator.email, "password": "non"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    assert f'value="{coordinator.email}"' in page
    assert "Sign In" not in page


def test_the_right_password_leads_to_the_editor(client: Client, coordinator: User) -> None:
    response = client.post("/compte/login/", {"login": coordinator.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/"


def test_nobody_signs_up_alone(client: Client) -> None:
    page = client.get("/compte/login/").content.decode()
    assert "signup" not in page
    answer = client.post("/compte/signup/", {"email": "x@example.org", "password1": PASSWORD})
    assert answer.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["login/code/", "password/reset/"])
def test_the_other_pages_wear_the_portal_s_clothes(client: Client, path: str) -> None:
    response = client.get(f"/compte/{path}", follow=True)
    assert response.status_code == 200
    assert 'href="tel:3114"' in response.content.decode()
